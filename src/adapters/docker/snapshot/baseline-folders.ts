import type { BytePath } from '../take-out/byte-path.ts';
import type { Baseline } from './baseline.ts';

const indexes = new WeakMap<Baseline, Map<BytePath, Set<BytePath>>>();

/** For each folder of a baseline (the root is the empty path) what lies directly in it. Worked out once. */
export function foldersOfBaseline(baseline: Baseline): ReadonlyMap<BytePath, ReadonlySet<BytePath>> {
  const known = indexes.get(baseline);
  if (known !== undefined) return known;
  const index = new Map<BytePath, Set<BytePath>>([['', new Set()]]);
  for (const [path, { mode }] of baseline.entries) {
    if (mode === '000000') continue;
    for (let child = path; child !== ''; ) {
      const folder = child.slice(0, Math.max(0, child.lastIndexOf('/')));
      const children = index.get(folder);
      if (children !== undefined) {
        children.add(child);
        break;
      }
      index.set(folder, new Set([child]));
      child = folder;
    }
  }
  indexes.set(baseline, index);
  return index;
}

/** The files of a baseline at or below a path. */
export function* filesBelow(baseline: Baseline, path: BytePath): Generator<BytePath> {
  const entry = baseline.entries.get(path);
  if (entry !== undefined && entry.mode !== '000000') yield path;
  for (const child of foldersOfBaseline(baseline).get(path) ?? []) yield* filesBelow(baseline, child);
}
