import { bareRepositoryPath, type ForgeContext, now } from '../context.ts';
import { listCommits, type Person } from '../git/commits.ts';
import { mergeBase } from '../git/diff.ts';
import { type Merged, mergeCommit, rebaseCommits, squashCommit } from '../git/merge.ts';
import { branchHead, updateRef } from '../git/refs.ts';
import { personOf } from '../routes/person.ts';
import { findPull } from '../store/issues.ts';
import type { IssueRow, PullRow, RepositoryRow, UserRow } from '../store/rows.ts';
import { findUserById } from '../store/users.ts';
import { afterRefUpdate } from './after-ref-update.ts';
import { recordMerge } from './follow-pulls.ts';

export type MergeMethod = 'merge' | 'squash' | 'rebase';

/** How a pull request is merged, and by whom; a title or a message that is left out is GitHub's own. */
export interface PullMerge {
  readonly by: UserRow;
  readonly method: MergeMethod;
  readonly title: string | undefined;
  readonly message: string | undefined;
}

export type PullMerged =
  | { readonly kind: 'merged'; readonly sha: string }
  | { readonly kind: 'conflict' | 'base missing' | 'base moved' };

/** Merges an open pull request into its base branch, with all that follows from it. Asks no rules. */
export async function mergePullRequest(
  context: ForgeContext,
  repository: RepositoryRow,
  issue: IssueRow,
  how: PullMerge,
): Promise<PullMerged> {
  const pull = findPull(context.store, issue.id);
  const path = bareRepositoryPath(context, repository.id);
  const base = await branchHead(path, pull.base_ref);
  if (base === undefined) return { kind: 'base missing' };
  const merged = await merge(context, repository, { issue, pull, base }, how);
  if (merged.kind === 'conflict') return merged;
  const ref = `refs/heads/${pull.base_ref}`;
  if ((await updateRef(path, ref, merged.sha, base)) === 'changed meanwhile') return { kind: 'base moved' };
  recordMerge(context, repository, issue, merged.sha, how.by);
  await afterRefUpdate(context, repository, { ref, before: base, after: merged.sha }, how.by);
  return merged;
}

interface Sides {
  readonly issue: IssueRow;
  readonly pull: PullRow;
  readonly base: string;
}

async function merge(
  context: ForgeContext,
  repository: RepositoryRow,
  { issue, pull, base }: Sides,
  { by, method, title: wanted, message: given }: PullMerge,
): Promise<Merged> {
  const path = bareRepositoryPath(context, repository.id);
  const author = personOf(by, now(context));
  const committer: Person = { ...author, name: 'GitHub', email: 'noreply@github.com' };
  if ((await mergeBase(path, base, pull.head_sha)) === undefined) return { kind: 'conflict' };
  if (method === 'rebase') return rebaseCommits(path, { base, head: pull.head_sha, committer });
  const owner = findUserById(context.store, repository.owner_id).login;
  const usual =
    method === 'squash'
      ? `${issue.title} (#${issue.number})`
      : `Merge pull request #${issue.number} from ${owner}/${pull.head_ref}`;
  const title = wanted ?? usual;
  const text = given ?? (method === 'merge' ? issue.title : await squashText(path, base, pull));
  const message = text === '' ? title : `${title}\n\n${text}`;
  const work = method === 'merge' ? mergeCommit : squashCommit;
  return work(path, { base, head: pull.head_sha, message, author, committer });
}

/** The messages of the squashed commits, as GitHub lists them. */
async function squashText(path: string, base: string, pull: PullRow): Promise<string> {
  const commits = await listCommits(path, ['--reverse', '--no-merges', `${base}..${pull.head_sha}`]);
  return commits.length < 2 ? '' : commits.map((commit) => `* ${commit.message}`).join('\n\n');
}
