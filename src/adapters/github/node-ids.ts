import { RequestError } from '@octokit/request-error';
import type { Octokit } from '@octokit/rest';
import { callOrNull } from './call.ts';
import { at, type RepositoryClient } from './repository-client.ts';

/** An issue as the parent of others. */
export interface ParentIssue {
  readonly id: string;
  /** How many sub-issues it has, as far as it was seen. */
  readonly children: number;
}

interface Known {
  repository: string | null;
  readonly labels: Map<string, string>;
  readonly parents: Map<number, ParentIssue>;
}

/** GitHub's names for things in GraphQL. They don't change as long as a thing lives, and each would cost a request an issue. */
const remembered = new WeakMap<Octokit, Map<number, Known>>();

/** Of each repository apart: an id of another one would make an issue there. */
const repositoriesOf = ({ octokit }: RepositoryClient): Map<number, Known> => {
  const repositories = remembered.get(octokit) ?? new Map<number, Known>();
  remembered.set(octokit, repositories);
  return repositories;
};

const knownOf = (client: RepositoryClient): Known => {
  const repositories = repositoriesOf(client);
  const { id } = client.repository;
  const known = repositories.get(id) ?? { repository: null, labels: new Map(), parents: new Map() };
  repositories.set(id, known);
  return known;
};

export const knowsNodeIds = (client: RepositoryClient): boolean =>
  repositoriesOf(client).has(client.repository.id);

/** A label or an issue may have gone, and one of the same name have come: all is asked for anew. */
export const forgetNodeIds = (client: RepositoryClient): boolean =>
  repositoriesOf(client).delete(client.repository.id);

export async function repositoryNodeId(client: RepositoryClient): Promise<string> {
  const known = knownOf(client);
  known.repository ??= (await client.octokit.rest.repos.get(at(client))).data.node_id;
  return known.repository;
}

/** A parent with fewer than `trusted` sub-issues when it was seen is not read again. */
export async function parentIssue(
  client: RepositoryClient,
  number: number,
  trusted: number,
): Promise<ParentIssue> {
  const { parents } = knownOf(client);
  const seen = parents.get(number);
  if (seen !== undefined && seen.children < trusted) return seen;
  const { data } = await client.octokit.rest.issues.get({ ...at(client), issue_number: number });
  const parent = { id: data.node_id, children: data.sub_issues_summary?.total ?? 0 };
  parents.set(number, parent);
  return parent;
}

/** It has one sub-issue more. */
export function countChild(client: RepositoryClient, number: number): void {
  const { parents } = knownOf(client);
  const parent = parents.get(number);
  if (parent !== undefined) parents.set(number, { ...parent, children: parent.children + 1 });
}

/** A label's id; it is made where there is none. */
export async function labelNodeId(client: RepositoryClient, name: string): Promise<string> {
  const { labels } = knownOf(client);
  const id = labels.get(name) ?? (await findOrMakeLabel(client, name));
  labels.set(name, id);
  return id;
}

async function findOrMakeLabel(client: RepositoryClient, name: string): Promise<string> {
  const { rest } = client.octokit;
  const read = () => callOrNull('issues/get-label', () => rest.issues.getLabel({ ...at(client), name }));
  const known = await read();
  if (known !== null) return known.data.node_id;
  try {
    return (await rest.issues.createLabel({ ...at(client), name, color: 'ededed' })).data.node_id;
  } catch (error) {
    // Another convoy's first issue may have made it in between.
    const made = error instanceof RequestError && error.status === 422 ? await read() : null;
    if (made === null) throw error;
    return made.data.node_id;
  }
}
