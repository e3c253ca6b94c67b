import { listCommits, type Person, readCommit, writeCommit } from './commits.ts';
import { mergeBase } from './diff.ts';
import { GitError, tryGit } from './run-git.ts';

export type TreeMerge = { readonly kind: 'clean'; readonly tree: string } | { readonly kind: 'conflict' };

/** Merges two commits without a working tree. @throws GitError where git can't try (unrelated histories). */
async function mergeTrees(repository: string, ours: string, theirs: string): Promise<TreeMerge> {
  const arguments_ = ['merge-tree', '--write-tree', '--no-messages', ours, theirs];
  const result = await tryGit(repository, arguments_);
  const [tree = ''] = result.stdout.toString().split(/[\0\n]/);
  if (result.code === 0) return { kind: 'clean', tree };
  if (result.code === 1) return { kind: 'conflict' };
  throw new GitError(arguments_, result.code, result.stderr);
}

/** Whether head merges into base: null where their histories have nothing in common. */
export async function isMergeable(repository: string, base: string, head: string): Promise<boolean> {
  if ((await mergeBase(repository, base, head)) === undefined) return false;
  return (await mergeTrees(repository, base, head)).kind === 'clean';
}

export interface MergeRequest {
  readonly base: string;
  readonly head: string;
  readonly message: string;
  readonly author: Person;
  readonly committer: Person;
}

export type Merged = { readonly kind: 'merged'; readonly sha: string } | { readonly kind: 'conflict' };

/** A merge commit of base and head. */
export async function mergeCommit(repository: string, request: MergeRequest): Promise<Merged> {
  const merged = await mergeTrees(repository, request.base, request.head);
  if (merged.kind === 'conflict') return merged;
  const parents = [request.base, request.head];
  return { kind: 'merged', sha: await writeCommit(repository, { ...request, tree: merged.tree, parents }) };
}

/** One commit on base with all of head's changes. */
export async function squashCommit(repository: string, request: MergeRequest): Promise<Merged> {
  const merged = await mergeTrees(repository, request.base, request.head);
  if (merged.kind === 'conflict') return merged;
  const parents = [request.base];
  return { kind: 'merged', sha: await writeCommit(repository, { ...request, tree: merged.tree, parents }) };
}

/** Head's own commits written again on top of base, oldest first; merge commits are left out, as git does. */
export async function rebaseCommits(
  repository: string,
  request: Pick<MergeRequest, 'base' | 'head' | 'committer'>,
): Promise<Merged> {
  const own = await listCommits(repository, [
    '--reverse',
    '--topo-order',
    '--no-merges',
    `${request.base}..${request.head}`,
  ]);
  let tip = request.base;
  for (const commit of own) {
    const picked = await pick(repository, tip, commit.sha, request.committer);
    if (picked.kind === 'conflict') return picked;
    tip = picked.sha;
  }
  return { kind: 'merged', sha: tip };
}

/**
 * Writes a commit again on another parent. git before 2.40 can't be told a merge base, so the merge is made against
 * a commit that has the new parent's tree on top of the old parent: its merge base with the commit is the old parent.
 */
async function pick(repository: string, onto: string, sha: string, committer: Person): Promise<Merged> {
  const commit = await readCommit(repository, sha);
  const target = await readCommit(repository, onto);
  if (commit === undefined || target === undefined) throw new Error('a commit to rebase is gone');
  const stand = await writeCommit(repository, {
    ...target,
    parents: commit.parents,
    author: committer,
    committer,
  });
  const merged = await mergeTrees(repository, stand, sha);
  if (merged.kind === 'conflict') return merged;
  const next = await writeCommit(repository, { ...commit, tree: merged.tree, parents: [onto], committer });
  return { kind: 'merged', sha: next };
}
