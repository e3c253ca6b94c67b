import { renderComment } from '../../render/comment.ts';
import { read } from '../../server/operation.ts';
import { pageReply, readPage } from '../../server/pagination.ts';
import { findIssueById } from '../../store/issues.ts';
import type { CommentRow } from '../../store/rows.ts';
import { issueOf } from '../find-in-request.ts';
import { instant } from '../issues/list-issues.ts';

const permission = 'issues=read; pull_requests=read';

export const listIssueComments = read({
  path: '/issues/{issue_number}/comments',
  operationId: 'issues/list-comments',
  permission,
  handle: (request) => {
    const { context, query, view, repository } = request;
    const issue = issueOf(request);
    const page = readPage(query);
    const since = query.get('since');
    const after = since === null ? '' : instant(since);
    const where = 'issue_id = ? AND updated_at >= ?';
    const total = context.store.count(`SELECT count(*) FROM comments WHERE ${where}`, issue.id, after);
    const rows = context.store.all<CommentRow>(
      `SELECT * FROM comments WHERE ${where} ORDER BY id LIMIT ? OFFSET ?`,
      issue.id,
      after,
      page.perPage,
      page.offset,
    );
    const entries = rows.map((row) => renderComment(view, repository, issue, row));
    return pageReply(request, page, entries, total);
  },
});

export const listRepositoryComments = read({
  path: '/issues/comments',
  operationId: 'issues/list-comments-for-repo',
  permission,
  handle: (request) => {
    const { context, query, view, repository } = request;
    const page = readPage(query);
    const since = query.get('since');
    const after = since === null ? '' : instant(since);
    const from =
      'FROM comments c JOIN issues i ON i.id = c.issue_id WHERE i.repository_id = ? AND c.updated_at >= ?';
    const sorted = query.get('sort') !== null;
    const column = query.get('sort') === 'updated' ? 'c.updated_at' : 'c.id';
    const direction = sorted && query.get('direction') !== 'asc' ? 'DESC' : 'ASC';
    const total = context.store.count(`SELECT count(*) ${from}`, repository.id, after);
    const rows = context.store.all<CommentRow>(
      `SELECT c.* ${from} ORDER BY ${column} ${direction}, c.id ${direction} LIMIT ? OFFSET ?`,
      repository.id,
      after,
      page.perPage,
      page.offset,
    );
    const entries = rows.map((row) => {
      const issue = findIssueById(context.store, row.issue_id);
      if (issue === undefined) throw new Error(`comment ${row.id} has no issue`);
      return renderComment(view, repository, issue, row);
    });
    return pageReply(request, page, entries, total);
  },
});
