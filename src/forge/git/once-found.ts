const most = 500;

/**
 * What objects say never changes: what was found under a key (a repository's folder and an object's id) is given again
 * without starting git; what was not found is looked for anew. The oldest goes first.
 */
export function onceFound<T>(): (key: string, find: () => Promise<T | undefined>) => Promise<T | undefined> {
  const known = new Map<string, T>();
  return async (key, find) => {
    const kept = known.get(key);
    if (kept !== undefined) return kept;
    const found = await find();
    if (found === undefined) return undefined;
    known.set(key, found);
    const [oldest] = known.keys();
    if (known.size > most && oldest !== undefined) known.delete(oldest);
    return found;
  };
}
