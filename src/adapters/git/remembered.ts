/**
 * What was asked a moment ago is given again, to those too who ask while it is being made: for answers that never change,
 * as those about objects named by their ids. The oldest goes first; what failed is asked for anew.
 */
export function remembered<T>(most: number): (key: string, make: () => Promise<T>) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (key, make) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const making = make();
    known.set(key, making);
    making.catch(() => known.delete(key));
    const [oldest] = known.keys();
    if (known.size > most && oldest !== undefined) known.delete(oldest);
    return making;
  };
}

/** A whole object id, which names the same for ever; a ref does not. */
export const isObjectId = (revision: string): boolean => /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(revision);
