import { renderIssue } from '../../render/issue.ts';
import { validationFailed } from '../../server/api-error.ts';
import { type RepositoryRequest, read } from '../../server/operation.ts';
import { pageReply, readPage } from '../../server/pagination.ts';
import type { IssueRow } from '../../store/rows.ts';

const sorts: Readonly<Record<string, string>> = {
  created: 'created_at',
  updated: 'updated_at',
  comments: 'comments',
};

export const listIssues = read({
  path: '/issues',
  operationId: 'issues/list-for-repo',
  permission: 'issues=read; pull_requests=read',
  handle: (request) => {
    const { context, query, view, repository } = request;
    const { where, values } = filter(request);
    const page = readPage(query);
    const sort = sorts[query.get('sort') ?? 'created'] ?? 'created_at';
    const direction = query.get('direction') === 'asc' ? 'ASC' : 'DESC';
    const total = context.store.count(`SELECT count(*) FROM issues WHERE ${where}`, ...values);
    const rows = context.store.all<IssueRow>(
      `SELECT * FROM issues WHERE ${where} ORDER BY ${sort} ${direction}, number ${direction} LIMIT ? OFFSET ?`,
      ...values,
      page.perPage,
      page.offset,
    );
    const entries = rows.map((issue) => renderIssue(view, repository, issue));
    return pageReply(request, page, entries, total);
  },
});

function filter(request: RepositoryRequest): { where: string; values: (string | number)[] } {
  const { query, repository } = request;
  const where = ['repository_id = ?'];
  const values: (string | number)[] = [repository.id];
  const add = (condition: string, ...given: string[]) => {
    where.push(condition);
    values.push(...given);
  };
  const state = query.get('state') ?? 'open';
  if (!['open', 'closed', 'all'].includes(state)) {
    throw validationFailed({ resource: 'Issue', code: 'invalid', field: 'state', value: state });
  }
  if (state !== 'all') add('state = ?', state);
  for (const label of (query.get('labels') ?? '').split(',').filter(Boolean)) {
    add(
      'EXISTS (SELECT 1 FROM issue_labels l JOIN labels n ON n.id = l.label_id WHERE l.issue_id = issues.id AND n.name = ?)',
      label,
    );
  }
  const since = query.get('since');
  if (since !== null) add('updated_at >= ?', instant(since));
  const creator = query.get('creator');
  if (creator !== null) add('user_id = (SELECT id FROM users WHERE login = ?)', creator);
  const assignee = query.get('assignee');
  const assigned = 'SELECT 1 FROM assignees a JOIN users u ON u.id = a.user_id WHERE a.issue_id = issues.id';
  if (assignee === 'none') add(`NOT EXISTS (${assigned})`);
  else if (assignee === '*') add(`EXISTS (${assigned})`);
  else if (assignee !== null) add(`EXISTS (${assigned} AND u.login = ?)`, assignee);
  return { where: where.join(' AND '), values };
}

/** A `since` parameter as stored times are written. @throws ApiError 422 */
export function instant(text: string): string {
  const time = Date.parse(text);
  if (Number.isNaN(time)) {
    throw validationFailed({ resource: 'Issue', code: 'invalid', field: 'since', value: text });
  }
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
