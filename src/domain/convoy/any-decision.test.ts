import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Attempt, anyDecision } from '../../testing/convoy/any-decision.ts';
import { opened } from '../../testing/convoy/convoy-events.ts';
import { recordEvents } from '../../testing/events/record-events.ts';
import type { Bead } from '../bead/bead.ts';
import { findCycle } from '../bead/derive.ts';
import { standingOf, transitionFor, transitions } from '../bead/transitions.ts';
import { evolveAll, type RecordedEvent } from '../event.ts';
import { eventTypes } from '../event-types.ts';
import { convoyFold } from './evolve.ts';
import { nextSteps } from './next-steps.ts';
import type { Convoy } from './state.ts';

const stream = 'convoy/7/12';

/** Each state that a run of attempts reaches, with the event that led to it. */
function walk(
  attempts: readonly Attempt[],
  visit: (event: RecordedEvent, before: Convoy, after: Convoy) => void,
) {
  const log: RecordedEvent[] = [];
  const take = (event: Parameters<typeof recordEvents>[0][number]['event']): RecordedEvent => {
    const [recorded] = recordEvents([{ stream, actor: 'test', event }]);
    if (recorded === undefined) throw new Error('not recorded');
    const numbered = { ...recorded, version: log.length + 1 };
    log.push(numbered);
    return numbered;
  };
  let state = convoyFold.evolve(null, take(opened()));
  for (const { decide } of attempts) {
    const decision = decide(state);
    if (!decision.accepted) continue;
    for (const event of decision.events) {
      eventTypes[event.type].schema.parse(event.data);
      const before = state;
      const recorded = take(event);
      state = convoyFold.evolve(state, recorded);
      if (before && state) visit(recorded, before, state);
    }
  }
  expect(evolveAll(convoyFold, null, log)).toEqual(state);
  return state;
}

const runs = () => fc.array(anyDecision(), { minLength: 60, maxLength: 200, size: 'max' });
const settings = { numRuns: 150 };

/** A bead before an event and after it. */
function pairs(before: Convoy, after: Convoy): readonly (readonly [Bead, Bead])[] {
  return [...before.beads.values()].map((bead) => {
    const now = after.beads.get(bead.number);
    if (now === undefined) throw new Error(`bead ${bead.number} was lost`);
    return [bead, now] as const;
  });
}

test('attempts reach every standing there is, or the properties below would show little', () => {
  const reached = new Set<string>();
  fc.assert(
    fc.property(runs(), (attempts) => {
      walk(attempts, (_event, _before, after) => {
        for (const bead of after.beads.values()) reached.add(standingOf(bead));
      });
    }),
    { ...settings, seed: 7 },
  );
  expect([...reached].sort()).toEqual(['blocked', 'closed', 'in_progress', 'landed', 'open']);
});

test('a bead is held by one session while it is in progress, and by none otherwise', () => {
  fc.assert(
    fc.property(runs(), (attempts) => {
      walk(attempts, (_event, _before, after) => {
        for (const bead of after.beads.values()) {
          expect(bead.lease !== null).toBe(bead.status === 'in_progress');
          if (bead.lease) expect(bead.lease.attempt).toBe(bead.attempts);
        }
      });
    }),
    settings,
  );
});

test('attempts never shrink, landed is for ever, and nothing leaves a quarantine by itself', () => {
  fc.assert(
    fc.property(runs(), (attempts) => {
      walk(attempts, (event, before, after) => {
        for (const [was, is] of pairs(before, after)) {
          expect(is.attempts).toBeGreaterThanOrEqual(was.attempts);
          // A person's word gives a bead new attempts, which count anew.
          if (event.type !== 'BeadUnblocked') {
            expect(is.failures.length).toBeGreaterThanOrEqual(was.failures.length);
          }
          expect(is.notes.length).toBeGreaterThanOrEqual(was.notes.length);
          if (was.landedAs !== null) expect(is.landedAs).toBe(was.landedAs);
          if (was.quarantined && event.type !== 'BeadUnblocked') expect(is.quarantined).toBe(true);
        }
      });
    }),
    settings,
  );
});

test('a bead is closed only with evidence, and landed only with a change', () => {
  fc.assert(
    fc.property(runs(), (attempts) => {
      walk(attempts, (_event, _before, after) => {
        for (const bead of after.beads.values()) {
          expect(bead.status === 'closed').toBe(bead.outcome !== null);
          if (bead.landedAs !== null) expect(bead.outcome?.kind).toBe('change');
        }
      });
    }),
    settings,
  );
});

test('needs exist, and never lead back to where they began', () => {
  fc.assert(
    fc.property(runs(), (attempts) => {
      const end = walk(attempts, () => undefined);
      for (const bead of end?.beads.values() ?? []) {
        for (const need of bead.needs) expect(end?.beads.has(need)).toBe(true);
        expect(findCycle(end?.beads ?? new Map(), bead.number, bead.needs)).toBeNull();
      }
    }),
    settings,
  );
});

test('a bead moves only as the table of transitions says', () => {
  const moves = new Set(transitions.map(({ event }) => event));
  fc.assert(
    fc.property(runs(), (attempts) => {
      walk(attempts, (event, before, after) => {
        for (const [was, is] of pairs(before, after)) {
          const own = 'bead' in event.data && event.data.bead === was.number;
          const row = own && moves.has(event.type) ? transitionFor(was, event.type) : null;
          if (own && moves.has(event.type)) expect(row, `${event.type} of ${standingOf(was)}`).not.toBeNull();
          expect(standingOf(is)).toBe(row?.to ?? standingOf(was));
        }
      });
    }),
    settings,
  );
});

test('an ended convoy changes no more, and each state says what is to be done without a double', () => {
  fc.assert(
    fc.property(runs(), (attempts) => {
      walk(attempts, (_event, before, after) => {
        expect(before.ended).toBeNull();
        const keys = nextSteps(after).map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
      });
    }),
    settings,
  );
});
