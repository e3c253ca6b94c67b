import type { Hub, HubIssue } from '../../town/ports/hub.ts';
import { call, callOrNull } from './call.ts';
import { createIssue } from './create-issue.ts';
import { at, type RepositoryClient } from './repository-client.ts';
import { toIssue } from './to-issue.ts';

type IssueOperations = Pick<
  Hub,
  'readIssue' | 'findIssue' | 'createIssue' | 'listIssuesSince' | 'updateIssue' | 'addLabels'
>;

const pagesMax = 3;

export function issueOperations(client: RepositoryClient): IssueOperations {
  const { octokit } = client;
  return {
    readIssue: (issue_number) =>
      call('issues/get', async () => {
        const { data } = await octokit.rest.issues.get({ ...at(client), issue_number });
        return toIssue(client, data);
      }),
    findIssue: async (issue_number) => {
      const { owner, name } = client.repository;
      const answer = await callOrNull(
        'issues/get',
        () => octokit.rest.issues.get({ ...at(client), issue_number }),
        410,
      );
      // A request for an issue that was moved is sent on to where it is now.
      const there = new URL(answer?.data.repository_url ?? 'none:').pathname.toLowerCase();
      if (answer === null || !there.endsWith(`/${owner}/${name}`.toLowerCase())) return null;
      return toIssue(client, answer.data);
    },
    createIssue: (issue) => createIssue(client, issue),
    listIssuesSince: (since) =>
      call('issues/list-for-repo', async () => {
        const found: HubIssue[] = [];
        for (let page = 1; page <= pagesMax; page += 1) {
          const request = {
            ...at(client),
            since,
            state: 'all',
            sort: 'created',
            per_page: 100,
            page,
          } as const;
          const { data } = await octokit.rest.issues.listForRepo(request);
          found.push(...data.filter((one) => !one.pull_request).map((one) => toIssue(client, one)));
          if (data.length < 100) break;
        }
        return found;
      }),
    updateIssue: (issue_number, { stateReason, ...change }) =>
      call('issues/update', async () => {
        const reason = stateReason ? { state_reason: stateReason } : {};
        await octokit.rest.issues.update({ ...at(client), issue_number, ...change, ...reason });
      }),
    addLabels: (issue_number, labels) =>
      call('issues/add-labels', async () => {
        await octokit.rest.issues.addLabels({ ...at(client), issue_number, labels: [...labels] });
      }),
  };
}
