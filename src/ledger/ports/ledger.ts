import type { Decision, Fold, NewEvent, RecordedEvent, StreamId } from '../../domain/event.ts';
import type { Inbox } from './inbox.ts';

/** What a stream must be for an append to be taken: absent, present, or at exactly this version. */
export type ExpectedVersion = 'must-not-exist' | 'must-exist' | number;

export interface Provenance {
  readonly actor: string;
  /** The delivery, command or event id that this answers. */
  readonly cause: string;
  /** The same key twice gives the first result again and appends nothing. */
  readonly key?: string;
}

export interface AppendRequest extends Provenance {
  readonly stream: StreamId;
  readonly expected: ExpectedVersion;
  readonly events: readonly NewEvent[];
}

export type AppendResult =
  | { readonly status: 'appended' | 'repeated'; readonly events: readonly RecordedEvent[] }
  | { readonly status: 'conflict'; readonly currentVersion: number };

export type DecideResult<State, Refused> =
  | {
      readonly status: 'appended' | 'repeated';
      readonly events: readonly RecordedEvent[];
      readonly state: State;
    }
  | { readonly status: 'refused'; readonly refusal: Refused; readonly state: State };

export interface DecideRequest<State, Refused> extends Provenance {
  readonly stream: StreamId;
  readonly fold: Fold<State>;
  /** Pure and synchronous: it runs inside the transaction, and runs again after a conflict with another process. */
  readonly decide: (state: State, version: number) => Decision<Refused>;
  /** Others need not see it at once: a ledger that is shared over a network may take it as done and send it a little later. */
  readonly soon?: boolean;
}

export interface Subscription {
  /** Resolves when every event that is in the ledger at the time of the call has been handled. */
  caughtUp(): Promise<void>;
  /** Stops after the event in hand; its handler is awaited. */
  close(): Promise<void>;
}

export interface SubscribeRequest {
  /** With a name the position is kept in the ledger after each handled event; an event whose handler threw comes again. */
  readonly name?: string;
  /** Where to start when there is no checkpoint: after this position (0 = from the beginning), or only what is new. */
  readonly after: number | 'now';
  readonly handle: (event: RecordedEvent) => void | Promise<void>;
  /** Called when a handler threw; the subscription goes on from the same event after the returned delay (ms), or stops on null. */
  readonly onError: (error: unknown, event: RecordedEvent, tries: number) => number | null;
}

/**
 * The append-only memory of the town. Writes resolve once they are durable (group commit: writes that come together share
 * one transaction and one wait for the disk); reads are synchronous and see all that was acknowledged.
 * Fails with a `LedgerError` of a named kind: never a silent repair.
 */
export interface Ledger {
  readonly inbox: Inbox;
  append(request: AppendRequest): Promise<AppendResult>;
  /** Folds the stream, decides and appends in one synchronous transaction; a refusal appends nothing. */
  decide<State, Refused>(request: DecideRequest<State, Refused>): Promise<DecideResult<State, Refused>>;
  /** The state of a stream now; version 0 for one that does not exist. */
  load<State>(stream: StreamId, fold: Fold<State>): { readonly state: State; readonly version: number };
  /** A stream's events in order, those after `after` (default 0). */
  read(stream: StreamId, after?: number): readonly RecordedEvent[];
  /** All events in order of position, at most `limit` after `after`. */
  readAll(after: number, limit: number): readonly RecordedEvent[];
  /** Names of streams that start with a prefix, in the order they began. */
  streams(prefix: string): readonly StreamId[];
  subscribe(request: SubscribeRequest): Subscription;
  /** Stores bytes once under their SHA-256 (hex); safe to do again. */
  putContent(bytes: Uint8Array): Promise<string>;
  getContent(hash: string): Uint8Array | null;
  close(): Promise<void>;
}
