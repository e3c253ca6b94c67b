import type { EventData, EventType } from './event-types.ts';

/**
 * A stream's name: `convoy/<repository id>/<issue number>`, `session/<uuid>`, `rig/<repository id>` or `town`.
 * Repositories are named by GitHub's numeric id because their names change.
 */
export type StreamId = `convoy/${number}/${number}` | `session/${string}` | `rig/${number}` | 'town';

/** An event as a decision makes it: what happened, nothing about when, by whom or where it is stored. */
export type NewEvent = { [T in EventType]: { readonly type: T; readonly data: EventData[T] } }[EventType];

/** The new event of one type, or of any of several. */
export type NewEventOf<T extends EventType> = Extract<NewEvent, { type: T }>;

/** What the ledger adds to an event when it takes it in. */
export interface Recorded {
  readonly stream: StreamId;
  /** 1 for the first event of a stream, then dense. */
  readonly version: number;
  /** UUID version 7. */
  readonly id: string;
  /** Who did it: `overseer:<login>`, `mayor`, `polecat:<topic>`, `refinery`, `witness`, `town`, … */
  readonly actor: string;
  /** The delivery, command or event that this answers. */
  readonly cause: string;
  /** ISO 8601, UTC, milliseconds. */
  readonly at: string;
  /** SHA-256 in hex, chained over the stream. */
  readonly hash: string;
  /** The order in which this store took it in: dense, local, neither hashed nor exported. */
  readonly position: number;
}

export type RecordedEvent = NewEvent & Recorded;
export type RecordedEventOf<T extends EventType> = Extract<RecordedEvent, { type: T }>;

/**
 * What a state may be made of: all of this is the same in whichever ledger the event lies, and says nothing of what was
 * answered or of how it is kept safe.
 */
export type FoldedEvent = NewEvent & Pick<Recorded, 'stream' | 'version' | 'id' | 'actor' | 'at'>;
export type FoldedEventOf<T extends EventType> = Extract<FoldedEvent, { type: T }>;

/** How a state is made from events. `evolve` is total and pure; `name` identifies its cached snapshots. */
export interface Fold<State> {
  readonly name: string;
  /** Raised whenever `evolve` gives another state for the same events, so that older snapshots are dropped. */
  readonly version: number;
  initial(stream: StreamId): State;
  evolve(state: State, event: FoldedEvent): State;
  /** What `evolve` gives for one event after the other, by a fold that does many for less than one by one. */
  evolveMany?(state: State, events: readonly FoldedEvent[]): State;
}

/** The state after events. */
export function evolveAll<State>(fold: Fold<State>, from: State, events: readonly FoldedEvent[]): State {
  if (fold.evolveMany !== undefined) return fold.evolveMany(from, events);
  let state = from;
  for (const event of events) state = fold.evolve(state, event);
  return state;
}

/** What a decision answers: events to append, or the rule that refuses. A refusal is a value, never thrown. */
export type Decision<Refused> =
  | { readonly accepted: true; readonly events: readonly NewEvent[] }
  | { readonly accepted: false; readonly refusal: Refused };

export const accept = (...events: NewEvent[]): { accepted: true; events: readonly NewEvent[] } => ({
  accepted: true,
  events,
});

export const refuse = <R>(refusal: R): { accepted: false; refusal: R } => ({ accepted: false, refusal });
