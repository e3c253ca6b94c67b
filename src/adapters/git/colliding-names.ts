import { foldersAbove, type PathKey, shown } from './path-bytes.ts';

/** What a file system that folds case and Unicode forms makes of a path. */
const folded = (key: PathKey): string => {
  for (let at = 0; at < key.length; at += 1) {
    if (key.charCodeAt(at) > 0x7f) return shown(key).normalize('NFC').toLowerCase().normalize('NFC');
  }
  return key.toLowerCase();
};

/**
 * Which of `added` would be one file or folder with another path on a file system that folds case or Unicode forms.
 * Of two added paths that collide, the later in byte order is named. `kept` are paths that are there already.
 */
export function collidingPaths(kept: Iterable<PathKey>, added: readonly PathKey[]): Set<PathKey> {
  const owner = new Map<string, PathKey>();
  for (const key of kept) {
    for (const folder of foldersAbove(key)) owner.set(folded(folder), folder);
    owner.set(folded(key), key);
  }
  const colliding = new Set<PathKey>();
  for (const key of [...added].sort()) {
    const spots = [...foldersAbove(key), key];
    if (spots.some((spot) => (owner.get(folded(spot)) ?? spot) !== spot)) {
      colliding.add(key);
    } else {
      for (const spot of spots) owner.set(folded(spot), spot);
    }
  }
  return colliding;
}
