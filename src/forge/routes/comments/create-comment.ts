import { z } from 'zod';
import { now } from '../../context.ts';
import { renderComment } from '../../render/comment.ts';
import { ApiError, validationFailed } from '../../server/api-error.ts';
import { write } from '../../server/operation.ts';
import type { CommentRow } from '../../store/rows.ts';
import { issueOf } from '../find-in-request.ts';
import { hasLevel } from '../mutate-rights.ts';
import { checkBody } from '../text-limits.ts';
import { emitComment } from './emit-comment.ts';

export const createComment = write({
  method: 'POST',
  path: '/issues/{issue_number}/comments',
  operationId: 'issues/create-comment',
  permission: 'issues=write; pull_requests=write',
  level: 'read',
  body: z.object({ body: z.string() }),
  handle: (request) => {
    const { context, repository, actor, view, body } = request;
    const issue = issueOf(request);
    if (issue.locked === 1 && !hasLevel(request, 'write')) {
      throw new ApiError(403, 'Unable to create comment because issue is locked.');
    }
    if (body.body.trim() === '') {
      throw validationFailed({
        resource: 'IssueComment',
        code: 'unprocessable',
        field: 'data',
        message: 'Body cannot be blank',
      });
    }
    checkBody('IssueComment', body.body);
    const comment = context.store.transaction(() => {
      const at = now(context);
      const { id } = context.store.run(
        'INSERT INTO comments (issue_id, user_id, via_app, body, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)',
        issue.id,
        actor.user.id,
        actor.kind === 'installation' ? 1 : 0,
        body.body,
        at,
        at,
      );
      context.store.run(
        'UPDATE issues SET comments = comments + 1, updated_at = ? WHERE id = ?',
        at,
        issue.id,
      );
      const stored = context.store.one<CommentRow>('SELECT * FROM comments WHERE id = ?', id);
      if (stored === undefined) throw new Error('a comment that was just stored is gone');
      emitComment(request, 'created', stored);
      return stored;
    });
    const rendered = renderComment(view, repository, issue, comment);
    return { status: 201, body: rendered, headers: { location: String(rendered.url) } };
  },
});
