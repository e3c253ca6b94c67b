import { z } from 'zod';
import { bareRepositoryPath, now } from '../../context.ts';
import { afterRefUpdate } from '../../effects/after-ref-update.ts';
import { recordMerge } from '../../effects/follow-pulls.ts';
import { listCommits, type Person } from '../../git/commits.ts';
import { mergeBase } from '../../git/diff.ts';
import { type Merged, mergeCommit, rebaseCommits, squashCommit } from '../../git/merge.ts';
import { branchHead, updateRef } from '../../git/refs.ts';
import { ApiError, notFound } from '../../server/api-error.ts';
import { type WriteRequest, write } from '../../server/operation.ts';
import { findPull } from '../../store/issues.ts';
import type { IssueRow, PullRow } from '../../store/rows.ts';
import { findUserById } from '../../store/users.ts';
import { checkMergeProtection } from '../branches/check-merge-protection.ts';
import { pullOf } from '../find-in-request.ts';
import { personOf } from '../person.ts';
import { checkMessage } from '../text-limits.ts';

const body = z.object({
  commit_title: z.string().optional(),
  commit_message: z.string().optional(),
  sha: z.string().optional(),
  merge_method: z.enum(['merge', 'squash', 'rebase']).optional(),
});

type Merge = WriteRequest<z.infer<typeof body>>;

export const mergePull = write({
  method: 'PUT',
  path: '/pulls/{pull_number}/merge',
  operationId: 'pulls/merge',
  permission: 'contents=write',
  level: 'write',
  body,
  handle: async (request) => {
    const { context, repository, actor, body: given } = request;
    const issue = pullOf(request);
    const pull = findPull(context.store, issue.id);
    checkMessage(given.commit_title);
    if (given.commit_message !== '') checkMessage(given.commit_message);
    if (issue.state === 'closed') throw new ApiError(405, 'Pull Request is not mergeable');
    if (pull.draft === 1) throw new ApiError(405, 'Pull Request is still a draft');
    if (given.sha !== undefined && given.sha !== pull.head_sha) {
      throw new ApiError(409, 'Head branch was modified. Review and try the merge again.');
    }
    checkMergeProtection(context, repository, issue, pull, actor);
    const path = bareRepositoryPath(context, repository.id);
    const base = await branchHead(path, pull.base_ref);
    if (base === undefined) throw notFound();
    const merged = await merge(request, issue, pull, base);
    if (merged.kind === 'conflict') throw new ApiError(405, 'Pull Request is not mergeable');
    const ref = `refs/heads/${pull.base_ref}`;
    if ((await updateRef(path, ref, merged.sha, base)) === 'changed meanwhile') {
      throw new ApiError(405, 'Base branch was modified. Review and try the merge again.');
    }
    recordMerge(context, repository, issue, merged.sha, actor.user);
    await afterRefUpdate(context, repository, { ref, before: base, after: merged.sha }, actor.user);
    return {
      status: 200,
      body: { sha: merged.sha, merged: true, message: 'Pull Request successfully merged' },
    };
  },
});

async function merge(request: Merge, issue: IssueRow, pull: PullRow, base: string): Promise<Merged> {
  const { context, repository, actor, body: given } = request;
  const path = bareRepositoryPath(context, repository.id);
  const author = personOf(actor.user, now(context));
  const committer: Person = { ...author, name: 'GitHub', email: 'noreply@github.com' };
  const method = given.merge_method ?? 'merge';
  if ((await mergeBase(path, base, pull.head_sha)) === undefined) return { kind: 'conflict' };
  if (method === 'rebase') return rebaseCommits(path, { base, head: pull.head_sha, committer });
  const title = given.commit_title ?? (await standardTitle(request, issue, pull, method));
  const text =
    given.commit_message ?? (method === 'merge' ? issue.title : await squashText(path, base, pull));
  const message = text === '' ? title : `${title}\n\n${text}`;
  const work = method === 'merge' ? mergeCommit : squashCommit;
  return work(path, { base, head: pull.head_sha, message, author, committer });
}

async function standardTitle(
  request: Merge,
  issue: IssueRow,
  pull: PullRow,
  method: 'merge' | 'squash',
): Promise<string> {
  if (method === 'squash') return `${issue.title} (#${issue.number})`;
  const owner = findUserById(request.context.store, request.repository.owner_id).login;
  return `Merge pull request #${issue.number} from ${owner}/${pull.head_ref}`;
}

/** The messages of the squashed commits, as GitHub lists them. */
async function squashText(path: string, base: string, pull: PullRow): Promise<string> {
  const commits = await listCommits(path, ['--reverse', '--no-merges', `${base}..${pull.head_sha}`]);
  return commits.length < 2 ? '' : commits.map((commit) => `* ${commit.message}`).join('\n\n');
}
