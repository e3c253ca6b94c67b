import { z } from 'zod';
import { atLeast, levelOf } from '../../auth/levels.ts';
import { renderPullSummary, requestedReviewers } from '../../render/pull.ts';
import { renderUser } from '../../render/user.ts';
import { validationFailed } from '../../server/api-error.ts';
import { read, write } from '../../server/operation.ts';
import { findUser } from '../../store/users.ts';
import { emitIssue } from '../../webhooks/emit-issue.ts';
import { pullOf } from '../find-in-request.ts';

const path = '/pulls/{pull_number}/requested_reviewers';
const body = z.object({
  reviewers: z.array(z.string()).optional(),
  team_reviewers: z.array(z.string()).optional(),
});
const access = { permission: 'pull_requests=write', level: 'triage' } as const;

export const listRequestedReviewers = read({
  path,
  operationId: 'pulls/list-requested-reviewers',
  permission: 'pull_requests=read',
  handle: (request) => {
    const users = requestedReviewers(request.view, pullOf(request).id);
    return { status: 200, body: { users: users.map((user) => renderUser(request.view, user)), teams: [] } };
  },
});

export const requestReviewers = write({
  ...access,
  method: 'POST',
  path,
  operationId: 'pulls/request-reviewers',
  body,
  handle: (request) => {
    const { context, repository, actor, view } = request;
    const pull = pullOf(request);
    const users = (request.body.reviewers ?? []).map((login) => {
      const user = findUser(context.store, login);
      const fits = user !== undefined && atLeast(levelOf(context.store, repository, user), 'read');
      if (!fits || user.type === 'Bot') {
        throw validationFailed(
          'Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the repository.',
        );
      }
      if (user.id === pull.user_id) {
        throw validationFailed('Review cannot be requested from pull request author.');
      }
      return user;
    });
    for (const user of users) {
      const { changes } = context.store.run(
        'INSERT INTO requested_reviewers (issue_id, user_id) VALUES (?, ?) ON CONFLICT DO NOTHING',
        pull.id,
        user.id,
      );
      if (changes === 0) continue;
      const requested_reviewer = renderUser(context.view, user);
      emitIssue(context, repository, pull.id, 'review_requested', actor.user, { requested_reviewer });
    }
    return { status: 201, body: renderPullSummary(view, repository, pullOf(request)) };
  },
});

export const removeRequestedReviewers = write({
  ...access,
  method: 'DELETE',
  path,
  operationId: 'pulls/remove-requested-reviewers',
  body,
  handle: (request) => {
    const { context, repository, actor, view } = request;
    const pull = pullOf(request);
    const wanted = new Set((request.body.reviewers ?? []).map((login) => login.toLowerCase()));
    for (const user of requestedReviewers(view, pull.id)) {
      if (!wanted.has(user.login.toLowerCase())) continue;
      context.store.run(
        'DELETE FROM requested_reviewers WHERE issue_id = ? AND user_id = ?',
        pull.id,
        user.id,
      );
      const requested_reviewer = renderUser(context.view, user);
      emitIssue(context, repository, pull.id, 'review_request_removed', actor.user, { requested_reviewer });
    }
    return { status: 200, body: renderPullSummary(view, repository, pullOf(request)) };
  },
});
