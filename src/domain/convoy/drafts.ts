/**
 * Collections to change in place. A state that somebody has seen is never changed, so its collections are copied; what was
 * copied since is nobody else's yet.
 */
export interface Drafts {
  map<Key, Value>(from: ReadonlyMap<Key, Value>): Map<Key, Value>;
  set<Value>(from: ReadonlySet<Value>): Set<Value>;
  list<Item>(from: readonly Item[]): Item[];
}

/** For one event: its state is seen by others before the next. */
export const copies: Drafts = {
  map: (from) => new Map(from),
  set: (from) => new Set(from),
  list: (from) => [...from],
};

/**
 * For a run of events whose states between are seen by nobody: each collection is copied once. Copying it for each event
 * would make a long story cost the square of its length.
 */
export function draftsOfRun(): Drafts {
  const own = new WeakSet<object>();
  const owned = <Draft extends object>(from: object, copy: () => Draft): Draft => {
    // What is in here was made below, by the same copy of the same kind.
    if (own.has(from)) return from as Draft;
    const made = copy();
    own.add(made);
    return made;
  };
  return {
    map: (from) => owned(from, () => new Map(from)),
    set: (from) => owned(from, () => new Set(from)),
    list: (from) => owned(from, () => [...from]),
  };
}
