import type { Git } from '../git-process.ts';
import { parseCommit } from '../objects/commit-object.ts';
import type { ObjectReader } from '../objects/object-reader.ts';
import { isAncestor } from '../refs.ts';

/** A commit and all that it grew from, by every parent. Rejects where one of them is not here. */
export async function allBefore(reader: ObjectReader, commit: string): Promise<ReadonlySet<string>> {
  const met = new Set([commit]);
  // A set is walked in the order in which it grows.
  for (const oid of met) for (const parent of parseCommit(await reader.read(oid)).parents) met.add(parent);
  return met;
}

/** A stream grows by a few commits between two looks: beyond so many, git finds its way quicker. */
const nearMax = 64;

/** Whether one commit is another or one of those that it grew from: asked of git only where it is not close by. */
export async function grewFrom(
  git: Git,
  reader: ObjectReader,
  ancestor: string,
  descendant: string,
): Promise<boolean> {
  let at = descendant;
  for (let steps = 0; steps < nearMax; steps += 1) {
    if (at === ancestor) return true;
    const [parent] = parseCommit(await reader.read(at)).parents;
    if (parent === undefined) break;
    at = parent;
  }
  return isAncestor(git, ancestor, descendant);
}
