/**
 * Paths are bytes. Inside this adapter each is a string of one character per byte (latin1), which keeps every name apart
 * and can be turned back without loss.
 */
export type PathKey = string;

export const keyOf = (path: Uint8Array): PathKey => Buffer.from(path).toString('latin1');
export const bytesOf = (key: PathKey): Buffer => Buffer.from(key, 'latin1');
/** For people: as UTF-8, with U+FFFD where it is none. */
export const shown = (key: PathKey): string => bytesOf(key).toString('utf8');

/** Every folder above a path, outermost first: `a/b/c` gives `a`, `a/b`. */
export function* foldersAbove(key: PathKey): Generator<PathKey> {
  for (let at = key.indexOf('/'); at !== -1; at = key.indexOf('/', at + 1)) yield key.slice(0, at);
}
