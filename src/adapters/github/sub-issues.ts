import type { Hub } from '../../town/ports/hub.ts';
import { call, callOrNull } from './call.ts';
import { at, type RepositoryClient } from './repository-client.ts';

type GraphOperations = Pick<Hub, 'addSubIssue' | 'listSubIssues' | 'addBlockedBy' | 'listBlockedBy'>;

const reference = (issue: { number: number; id: number }) => ({ number: issue.number, id: issue.id });

/** Older servers have no such lists: then there is nothing in them. */
const orNone = async <T>(list: () => Promise<{ data: T[] }>): Promise<T[]> =>
  (await callOrNull('issues/list-links', list))?.data ?? [];

/** Parents and needs. Both endpoints are keyed by the issue's database id, an integer, not by its number. */
export function subIssueOperations(client: RepositoryClient): GraphOperations {
  const { octokit } = client;
  return {
    addSubIssue: (issue_number, sub_issue_id) =>
      call('issues/add-sub-issue', async () => {
        await octokit.rest.issues.addSubIssue({ ...at(client), issue_number, sub_issue_id });
      }),
    listSubIssues: (issue_number) =>
      call('issues/list-sub-issues', async () => {
        const request = { ...at(client), issue_number, per_page: 100 };
        const data = await orNone(() => octokit.rest.issues.listSubIssues(request));
        return data.map((one) => ({ ...reference(one), state: one.state === 'open' ? 'open' : 'closed' }));
      }),
    addBlockedBy: (issue_number, issue_id) =>
      call('issues/add-blocked-by-dependency', async () => {
        await octokit.rest.issues.addBlockedByDependency({ ...at(client), issue_number, issue_id });
      }),
    listBlockedBy: (issue_number) =>
      call('issues/list-dependencies-blocked-by', async () => {
        const request = { ...at(client), issue_number, per_page: 100 };
        const data = await orNone(() => octokit.rest.issues.listDependenciesBlockedBy(request));
        return data.map(reference);
      }),
  };
}
