import { renderIssue } from '../../render/issue.ts';
import { ApiError } from '../../server/api-error.ts';
import { read } from '../../server/operation.ts';
import { findIssue } from '../../store/issues.ts';
import { findRepositoryById } from '../../store/repositories.ts';
import { idParam, issueOf } from '../find-in-request.ts';

export const getIssue = read({
  path: '/issues/{issue_number}',
  operationId: 'issues/get',
  permission: 'issues=read; pull_requests=read',
  handle: (request) => {
    const { store } = request.context;
    const number = idParam(request, 'issue_number');
    const given = findRepositoryById(store, request.repository.id).last_number;
    if (number <= given && findIssue(store, request.repository.id, number) === undefined) {
      throw new ApiError(410, 'This issue was deleted');
    }
    return { status: 200, body: renderIssue(request.view, request.repository, issueOf(request)) };
  },
});
