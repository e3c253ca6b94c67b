import { renderComment } from '../../render/comment.ts';
import { renderIssue } from '../../render/issue.ts';
import type { Json } from '../../render/view.ts';
import type { WriteRequest } from '../../server/operation.ts';
import { findIssueById } from '../../store/issues.ts';
import type { CommentRow } from '../../store/rows.ts';
import { emit } from '../../webhooks/emit.ts';

/** Queues `issue_comment.ACTION`. */
export function emitComment(
  request: WriteRequest,
  action: 'created' | 'edited' | 'deleted',
  comment: CommentRow,
  more: Json = {},
): void {
  const { context, repository, actor } = request;
  const issue = findIssueById(context.store, comment.issue_id);
  if (issue === undefined) throw new Error(`comment ${comment.id} has no issue`);
  emit(context, repository, actor.user, 'issue_comment', {
    action,
    issue: renderIssue(context.view, repository, issue),
    comment: renderComment(context.view, repository, issue, comment),
    ...more,
  });
}
