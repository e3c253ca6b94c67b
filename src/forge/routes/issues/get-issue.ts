import { renderIssue } from '../../render/issue.ts';
import { read } from '../../server/operation.ts';
import { issueOf } from '../find-in-request.ts';

export const getIssue = read({
  path: '/issues/{issue_number}',
  operationId: 'issues/get',
  permission: 'issues=read; pull_requests=read',
  handle: (request) => ({
    status: 200,
    body: renderIssue(request.view, request.repository, issueOf(request)),
  }),
});
