import { HubFailed, type HubIssue, type NewIssue } from '../../town/ports/hub.ts';
import { call, once } from './call.ts';
import { graphRefusal, isOfUnknownShape } from './graph-refusal.ts';
import {
  countChild,
  forgetNodeIds,
  knowsNodeIds,
  labelNodeId,
  parentIssue,
  repositoryNodeId,
} from './node-ids.ts';
import { at, type RepositoryClient } from './repository-client.ts';
import { toIssue } from './to-issue.ts';

const mutation = `mutation ($input: CreateIssueInput!) {
  createIssue(input: $input) { issue { number databaseId title body url createdAt } }
}`;

interface Created {
  readonly createIssue: {
    readonly issue: {
      readonly number: number;
      readonly databaseId: number;
      readonly title: string;
      readonly body: string;
      readonly url: string;
      readonly createdAt: string;
    };
  };
}

/** GitHub's own limit on the sub-issues of one issue. */
const subIssuesMax = 100;

/** Servers that know nothing of a parent in that call; asked once. */
const withoutParents = new Set<string>();

/**
 * Creates an issue, once. With a parent it becomes a sub-issue in the same call, where the server knows such a call and the
 * parent takes one more: half the requests that GitHub counts as content, and no moment without its parent.
 */
export async function createIssue(
  client: RepositoryClient,
  issue: NewIssue,
): Promise<HubIssue & { readonly linked: boolean }> {
  const server = client.octokit.request.endpoint.DEFAULTS.baseUrl;
  if (issue.parent !== undefined && !withoutParents.has(server)) {
    const tried = await createBelow(client, issue, issue.parent);
    const created = tried === 'gone' ? await createBelow(client, issue, issue.parent) : tried;
    if (typeof created === 'object') return created;
    if (created === 'unknown-shape') withoutParents.add(server);
  }
  return call('issues/create', async () => {
    const { title, body, labels } = issue;
    const { data } = await client.octokit.rest.issues.create({
      ...at(client),
      title,
      body,
      labels: [...labels],
      ...once,
    });
    return { ...toIssue(client, data), linked: false };
  });
}

/**
 * A word: nothing was done, since the parent is full, since the server refused the call for its shape, or since something that
 * was remembered is gone.
 */
async function createBelow(client: RepositoryClient, issue: NewIssue, parent: number) {
  const fromMemory = knowsNodeIds(client);
  const input = await call('issues/node-ids', () => inputOf(client, issue, parent));
  if (input === null) return 'full';
  return call('graphql/create-issue', async () => {
    try {
      const { createIssue: made } = await client.octokit.graphql<Created>(mutation, {
        input,
        request: { retries: 0 },
      });
      countChild(client, parent);
      const { databaseId: id, ...shown } = made.issue;
      return {
        ...shown,
        id,
        state: 'open',
        labels: issue.labels,
        ours: true,
        closedBy: null,
        linked: true,
      } as const;
    } catch (error) {
      forgetNodeIds(client);
      if (isOfUnknownShape(error)) return 'unknown-shape';
      const refused = graphRefusal(error);
      if (refused === 404 && fromMemory) return 'gone';
      if (refused !== 422) throw error;
      // A parent that has filled up in between: the issue may stand there without it.
      const facts = {
        operation: 'graphql/create-issue',
        status: 422,
        outcome: 'unknown',
        retryAt: null,
      } as const;
      throw new HubFailed({ ...facts, message: String(error) }, { cause: error });
    }
  });
}

async function inputOf(client: RepositoryClient, { title, body, labels }: NewIssue, parent: number) {
  const above = await parentIssue(client, parent, subIssuesMax / 2);
  if (above.children >= subIssuesMax) return null;
  const repositoryId = await repositoryNodeId(client);
  const labelIds: string[] = [];
  for (const name of labels) labelIds.push(await labelNodeId(client, name));
  return { repositoryId, parentIssueId: above.id, title, body, labelIds };
}
