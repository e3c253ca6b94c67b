import type { HistoryReader } from './history-reader.ts';

/** Farther back git finds it faster. */
const most = 500;

/**
 * The one merge base of a line of merges and a single commit that was begun on it, as a bead's is: the commit's only parent,
 * where that is one of `ours` and its first parents, and `theirs` surely isn't merged yet. Null: ask git.
 */
export async function forkPoint(
  history: HistoryReader,
  ours: string,
  theirs: string,
): Promise<string | null> {
  const [fork, ...others] = (await history.commit(theirs)).parents;
  if (fork === undefined || others.length > 0) return null;
  const line = new Set<string>();
  const merged: string[] = [];
  let at: string | undefined = ours;
  // Before the fork nothing can descend from `theirs`; after it, only what was merged in could.
  for (let isAfter = true; at !== undefined && line.size < most; ) {
    line.add(at);
    isAfter &&= at !== fork;
    const [first, ...more]: readonly string[] = (await history.commit(at)).parents;
    if (isAfter) merged.push(...more);
    else if (await allBegunOn(history, line, merged))
      return merged.includes(theirs) || line.has(theirs) ? null : fork;
    at = first;
  }
  return null;
}

/** Whether each is a single commit on top of one of the line, so that none brings in history of its own. */
async function allBegunOn(
  history: HistoryReader,
  line: ReadonlySet<string>,
  commits: readonly string[],
): Promise<boolean> {
  for (const commit of commits) {
    const { parents } = await history.commit(commit);
    const [parent, ...others] = parents;
    if (parent === undefined || others.length > 0 || !line.has(parent)) return false;
  }
  return true;
}
