import type { Hub, HubIssue } from '../../town/ports/hub.ts';
import { call, once } from './call.ts';
import { at, type RepositoryClient } from './repository-client.ts';

type IssueOperations = Pick<
  Hub,
  'readIssue' | 'createIssue' | 'listIssuesSince' | 'updateIssue' | 'addLabels'
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
    createIssue: ({ title, body, labels }) =>
      call('issues/create', async () => {
        const request = { ...at(client), title, body, labels: [...labels], ...once };
        const { data } = await octokit.rest.issues.create(request);
        return toIssue(client, data);
      }),
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

interface IssueAnswer {
  number: number;
  id: number;
  title: string;
  body?: string | null;
  state: string;
  labels: (string | { name?: string })[];
  html_url: string;
  user: { login: string } | null;
  created_at: string;
}

function toIssue(client: RepositoryClient, data: IssueAnswer): HubIssue {
  return {
    number: data.number,
    id: data.id,
    title: data.title,
    body: data.body ?? '',
    state: data.state === 'open' ? 'open' : 'closed',
    labels: data.labels.map((label) => (typeof label === 'string' ? label : (label.name ?? ''))),
    url: data.html_url,
    ours: data.user?.login === client.identity,
    createdAt: data.created_at,
  };
}
