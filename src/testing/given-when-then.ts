import { expect } from 'vitest';
import { convoyFold } from '../domain/convoy/evolve.ts';
import type { ConvoyState } from '../domain/convoy/state.ts';
import type { Decision, Fold, NewEvent, StreamId } from '../domain/event.ts';
import { type EventData, eventTypes } from '../domain/event-types.ts';
import type { Refusal } from '../domain/refusal.ts';
import { recordEvents } from './events/record-events.ts';

const stream: StreamId = 'convoy/7/12';

/** The state of a fold after events, each checked against its schema as a ledger would. */
export function foldOf<State>(fold: Fold<State>, events: readonly NewEvent[], actor = 'test'): State {
  for (const event of events) eventTypes[event.type].schema.parse(event.data);
  const recorded = recordEvents(events.map((event) => ({ stream, actor, event })));
  return recorded.reduce((state, event) => fold.evolve(state, event), fold.initial(stream));
}

/** The state of convoy 12 of repository 7 after events. */
export function convoyAfter(...events: readonly NewEvent[]): NonNullable<ConvoyState> {
  const state = foldOf(convoyFold, events);
  if (state === null) throw new Error('These events open no convoy.');
  return state;
}

export interface Outcome {
  /** Exactly these events, and each fits its schema. */
  thenEvents(...events: readonly NewEvent[]): void;
  /** Accepted, and nothing to append. */
  thenNothing(): void;
  /** Refused by the rule of this name, with a sentence for people. */
  thenRefused(rule: string): void;
}

/** `givenConvoy(events).when(decision).thenEvents(…)`: a decision's test as the story that it is. */
export function givenConvoy(...events: readonly NewEvent[]): {
  when(decide: (state: ConvoyState) => Decision<Refusal>): Outcome;
} {
  return {
    when(decide) {
      const decision = decide(foldOf(convoyFold, events));
      return {
        thenEvents: (...expected) => {
          expect(decision).toEqual({ accepted: true, events: expected });
          if (decision.accepted) checkData(decision.events);
        },
        thenNothing: () => expect(decision).toEqual({ accepted: true, events: [] }),
        thenRefused: (rule) => {
          expect(decision).toMatchObject({ accepted: false, refusal: { rule } });
          if (!decision.accepted) expect(decision.refusal.text.trim()).not.toBe('');
        },
      };
    },
  };
}

function checkData(events: readonly NewEvent[]): void {
  for (const { type, data } of events) {
    const parsed: EventData[typeof type] = eventTypes[type].schema.parse(data);
    expect(parsed).toEqual(data);
  }
}
