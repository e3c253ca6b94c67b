import { findLabel, labelIssue, listLabels, unlabelIssue } from '../../effects/label-issue.ts';
import { renderIssueLabels } from '../../render/label.ts';
import { repositoryUrl } from '../../render/repository.ts';
import { ApiError } from '../../server/api-error.ts';
import { type Reply, type RepositoryRequest, read, write } from '../../server/operation.ts';
import { listReply } from '../../server/pagination.ts';
import { issueOf } from '../find-in-request.ts';
import { labelsOrList, namesOf } from './labels-body.ts';

const path = '/issues/{issue_number}/labels';
const access = { permission: 'issues=write; pull_requests=write', level: 'triage' } as const;

function labelsReply(request: RepositoryRequest): Reply {
  const { view, repository } = request;
  return {
    status: 200,
    body: renderIssueLabels(view, repositoryUrl(view, repository), issueOf(request).id),
  };
}

export const listIssueLabels = read({
  path,
  operationId: 'issues/list-labels-on-issue',
  permission: 'issues=read; pull_requests=read',
  handle: (request) => {
    const { view, repository } = request;
    const labels = renderIssueLabels(view, repositoryUrl(view, repository), issueOf(request).id);
    return listReply(request, labels, (label) => label);
  },
});

export const addIssueLabels = write({
  ...access,
  method: 'POST',
  path,
  operationId: 'issues/add-labels',
  body: labelsOrList,
  handle: (request) => {
    const { context, repository, actor, body } = request;
    labelIssue(context, repository, issueOf(request), namesOf(body), actor.user, false);
    return labelsReply(request);
  },
});

export const setIssueLabels = write({
  ...access,
  method: 'PUT',
  path,
  operationId: 'issues/set-labels',
  body: labelsOrList,
  handle: (request) => {
    const { context, repository, actor, body } = request;
    labelIssue(context, repository, issueOf(request), namesOf(body), actor.user, true);
    return labelsReply(request);
  },
});

export const removeAllIssueLabels = write({
  ...access,
  method: 'DELETE',
  path,
  operationId: 'issues/remove-all-labels',
  handle: (request) => {
    const { context, repository, actor } = request;
    labelIssue(context, repository, issueOf(request), [], actor.user, true);
    return { status: 204 };
  },
});

export const removeIssueLabel = write({
  ...access,
  method: 'DELETE',
  path: `${path}/{name}`,
  operationId: 'issues/remove-label',
  handle: (request) => {
    const { context, repository, actor } = request;
    const issue = issueOf(request);
    const label = findLabel(context, repository.id, request.params.name ?? '');
    const worn = listLabels(context, issue.id).some((one) => one.id === label?.id);
    if (label === undefined || !worn) throw new ApiError(404, 'Label does not exist');
    unlabelIssue(context, repository, issue, label, actor.user);
    return labelsReply(request);
  },
});
