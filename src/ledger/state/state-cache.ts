import { evolveAll, type Fold, type FoldedEvent, type StreamId } from '../../domain/event.ts';
import type { Snapshot, Snapshots } from './snapshot.ts';

/** How many states are kept in memory, over all folds. */
const keptStates = 4_000;
/** How many events after the last snapshot make a new one. */
const snapshotEvery = 100;

interface Kept<State> {
  readonly version: number;
  readonly state: State;
  /** Of the newest snapshot in the file. */
  readonly snapshotVersion: number;
}

interface Source {
  headVersion(stream: StreamId): number;
  read(stream: StreamId, after: number): readonly FoldedEvent[];
  readonly snapshots: Snapshots;
}

/** States of streams under folds: from memory, else from a snapshot, else from the beginning, then what came since. */
export interface StateCache {
  load<State>(stream: StreamId, fold: Fold<State>): { readonly state: State; readonly version: number };
  /** The state after events that were just appended to what `load` gave. */
  advance<State>(stream: StreamId, fold: Fold<State>, events: readonly FoldedEvent[]): State;
  /** Keeps a snapshot when the last one is old. For inside a transaction. */
  keepSnapshot<State>(stream: StreamId, fold: Fold<State>): void;
  isSnapshotDue<State>(stream: StreamId, fold: Fold<State>): boolean;
  forget(): void;
}

export function openStateCache(source: Source): StateCache {
  const byFold = new Map<Fold<unknown>, Map<StreamId, Kept<unknown>>>();
  let size = 0;

  const keptOf = <State>(fold: Fold<State>): Map<StreamId, Kept<State>> => {
    let kept = byFold.get(fold);
    if (kept === undefined) {
      kept = new Map();
      byFold.set(fold, kept);
    }
    // The map under a fold is filled with that fold's own states only.
    return kept as Map<StreamId, Kept<State>>;
  };
  const keep = <State>(stream: StreamId, fold: Fold<State>, kept: Kept<State>): void => {
    const states = keptOf(fold);
    if (!states.has(stream)) {
      if (size >= keptStates) forget();
      size += 1;
    }
    keptOf(fold).set(stream, kept);
  };
  const forget = (): void => {
    byFold.clear();
    size = 0;
  };
  const start = <State>(stream: StreamId, fold: Fold<State>, head: number): Kept<State> => {
    const snapshot: Snapshot | null = head <= snapshotEvery ? null : source.snapshots.find(stream, fold);
    if (snapshot === null) return { version: 0, state: fold.initial(stream), snapshotVersion: 0 };
    // A snapshot is found by its fold's name and version, and was kept by that fold.
    return {
      version: snapshot.version,
      state: snapshot.state as State,
      snapshotVersion: snapshot.version,
    };
  };
  const load = <State>(stream: StreamId, fold: Fold<State>): Kept<State> => {
    const head = source.headVersion(stream);
    const known = keptOf(fold).get(stream);
    if (known !== undefined && known.version === head) return known;
    const from = known ?? start(stream, fold, head);
    const events = head === from.version ? [] : source.read(stream, from.version);
    const version = events.at(-1)?.version ?? from.version;
    const now = { ...from, version, state: evolveAll(fold, from.state, events) };
    keep(stream, fold, now);
    return now;
  };

  return {
    load,
    advance(stream, fold, events) {
      const before = keptOf(fold).get(stream);
      const first = events[0];
      if (before === undefined || first === undefined || first.version !== before.version + 1) {
        return load(stream, fold).state;
      }
      const state = evolveAll(fold, before.state, events);
      keep(stream, fold, { ...before, version: before.version + events.length, state });
      return state;
    },
    isSnapshotDue(stream, fold) {
      const known = keptOf(fold).get(stream);
      return known !== undefined && known.version - known.snapshotVersion >= snapshotEvery;
    },
    keepSnapshot(stream, fold) {
      const known = load(stream, fold);
      source.snapshots.keep(stream, fold, known);
      keep(stream, fold, { ...known, snapshotVersion: known.version });
    },
    forget,
  };
}
