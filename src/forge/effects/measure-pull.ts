import type { ForgeContext } from '../context.ts';
import { countCommits } from '../git/commits.ts';
import { diffFiles, mergeBase } from '../git/diff.ts';
import { branchHead } from '../git/refs.ts';
import type { PullRow } from '../store/rows.ts';

/** Counts a pull request's commits and changed lines against the base branch of now, and stores them with the base's head. */
export async function measurePull(
  context: ForgeContext,
  path: string,
  pull: Pick<PullRow, 'issue_id' | 'base_ref' | 'base_sha' | 'head_sha'>,
): Promise<void> {
  const base = (await branchHead(path, pull.base_ref)) ?? pull.base_sha;
  const size = await measure(path, base, pull.head_sha);
  context.store.run(
    'UPDATE pulls SET base_sha = ?, additions = ?, deletions = ?, changed_files = ?, commits = ? WHERE issue_id = ?',
    base,
    size.additions,
    size.deletions,
    size.changedFiles,
    size.commits,
    pull.issue_id,
  );
}

export interface PullSize {
  readonly additions: number;
  readonly deletions: number;
  readonly changedFiles: number;
  readonly commits: number;
}

/** The size of what `head` adds to `base`: from their merge base, as GitHub's three-dot diff counts. */
export async function measure(path: string, base: string, head: string): Promise<PullSize> {
  const files = await diffFiles(path, await mergeBase(path, base, head), head);
  return {
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changedFiles: files.length,
    commits: await countCommits(path, `${base}..${head}`),
  };
}
