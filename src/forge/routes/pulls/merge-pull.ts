import { z } from 'zod';
import { mergePullRequest } from '../../effects/merge-pull.ts';
import { ApiError, notFound } from '../../server/api-error.ts';
import { write } from '../../server/operation.ts';
import { findPull } from '../../store/issues.ts';
import { checkMergeProtection } from '../branches/check-merge-protection.ts';
import { pullOf } from '../find-in-request.ts';
import { checkMessage } from '../text-limits.ts';

const body = z.object({
  commit_title: z.string().optional(),
  commit_message: z.string().optional(),
  sha: z.string().optional(),
  merge_method: z.enum(['merge', 'squash', 'rebase']).optional(),
});

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
    const merged = await mergePullRequest(context, repository, issue, {
      by: actor.user,
      method: given.merge_method ?? 'merge',
      title: given.commit_title,
      message: given.commit_message,
    });
    if (merged.kind === 'base missing') throw notFound();
    if (merged.kind === 'base moved') {
      throw new ApiError(405, 'Base branch was modified. Review and try the merge again.');
    }
    if (merged.kind !== 'merged') throw new ApiError(405, 'Pull Request is not mergeable');
    return {
      status: 200,
      body: { sha: merged.sha, merged: true, message: 'Pull Request successfully merged' },
    };
  },
});
