import { z } from 'zod';
import { now } from '../../context.ts';
import { renderComment } from '../../render/comment.ts';
import { read, write } from '../../server/operation.ts';
import { commentOf } from '../find-in-request.ts';
import { mustOwnOrHave } from '../mutate-rights.ts';
import { checkBody } from '../text-limits.ts';
import { emitComment } from './emit-comment.ts';

const path = '/issues/comments/{comment_id}';
const access = { permission: 'issues=write; pull_requests=write', level: 'read' } as const;

export const getComment = read({
  path,
  operationId: 'issues/get-comment',
  permission: 'issues=read; pull_requests=read',
  handle: (request) => {
    const { issue, comment } = commentOf(request);
    return { status: 200, body: renderComment(request.view, request.repository, issue, comment) };
  },
});

export const updateComment = write({
  ...access,
  method: 'PATCH',
  path,
  operationId: 'issues/update-comment',
  body: z.object({ body: z.string() }),
  handle: (request) => {
    const { context, repository, view, body } = request;
    const { issue, comment } = commentOf(request);
    mustOwnOrHave(request, comment.user_id, 'write');
    checkBody('IssueComment', body.body);
    if (body.body !== comment.body) {
      context.store.run(
        'UPDATE comments SET body = ?, updated_at = ? WHERE id = ?',
        body.body,
        now(context),
        comment.id,
      );
      emitComment(request, 'edited', commentOf(request).comment, {
        changes: { body: { from: comment.body } },
      });
    }
    return { status: 200, body: renderComment(view, repository, issue, commentOf(request).comment) };
  },
});

export const deleteComment = write({
  ...access,
  method: 'DELETE',
  path,
  operationId: 'issues/delete-comment',
  handle: (request) => {
    const { context } = request;
    const { issue, comment } = commentOf(request);
    mustOwnOrHave(request, comment.user_id, 'write');
    context.store.transaction(() => {
      context.store.run('DELETE FROM comments WHERE id = ?', comment.id);
      context.store.run("DELETE FROM reactions WHERE subject = 'comment' AND subject_id = ?", comment.id);
      context.store.run('UPDATE issues SET comments = comments - 1 WHERE id = ?', issue.id);
      emitComment(request, 'deleted', comment);
    });
    return { status: 204 };
  },
});
