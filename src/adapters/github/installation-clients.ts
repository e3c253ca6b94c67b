import type { Octokit } from '@octokit/rest';
import type { RepositoryRef } from '../../town/ports/hub.ts';
import type { DirectedClient } from './create-hubs.ts';
import { type Clock, machineClock } from './pace/clock.ts';
import type { Pace } from './pace/pace.ts';
import { Traffic } from './pace/traffic.ts';
import { unthrottled } from './unthrottled.ts';

type Access = 'read' | 'write';

/** What the town writes and reads there; a token gets no more of it than the installation was given. */
const needed: Readonly<Record<string, Access>> = {
  issues: 'write',
  pull_requests: 'write',
  checks: 'write',
  // A merge writes; the branch itself is pushed with a token of its own.
  contents: 'write',
  // The logs of the rig's own checks.
  actions: 'write',
  metadata: 'read',
};

interface Installation {
  readonly id: number;
  readonly granted: Readonly<Record<string, string | undefined>>;
}

interface Kept {
  readonly client: DirectedClient;
  readonly until: number;
}

/** A token lasts an hour; a client that begins a long piece of work must not lose it on the way. */
const spareMs = 10 * 60_000;

export interface InstallationClients {
  clientFor(repository: RepositoryRef): Promise<DirectedClient>;
  /** A token that can do nothing but read and write this repository's contents. */
  gitTokenFor(repository: RepositoryRef): Promise<string>;
}

/** Clients whose tokens reach one repository, and only what the town does there. */
export function installationClients(
  app: Octokit,
  options: {
    readonly baseUrl: string;
    readonly pace: Pace;
    readonly clock?: Clock;
    readonly onQuota?: (resource: string, remaining: number) => void;
  },
): InstallationClients {
  const { clock = machineClock } = options;
  const Client = unthrottled(clock);
  const installations = new Map<string, Installation>();
  const traffics = new Map<number, Traffic>();
  const clients = new Map<string, Kept>();

  const installationOf = async (key: string, { owner, name }: RepositoryRef): Promise<Installation> => {
    const before = installations.get(key);
    if (before !== undefined) return before;
    const { data } = await app.rest.apps.getRepoInstallation({ owner, repo: name });
    const found = { id: data.id, granted: { ...data.permissions } };
    installations.set(key, found);
    return found;
  };

  const trafficOf = (installation: number): Traffic => {
    const way = traffics.get(installation) ?? new Traffic(options.pace, clock);
    traffics.set(installation, way);
    return way;
  };

  const mint = async (repository: RepositoryRef, permissions: Readonly<Record<string, Access>>) => {
    const { id } = await installationOf(keyOf(repository), repository);
    const { data } = await app.rest.apps.createInstallationAccessToken({
      installation_id: id,
      repository_ids: [repository.id],
      permissions,
    });
    return data;
  };

  return {
    async clientFor(repository) {
      const key = keyOf(repository);
      const kept = clients.get(key);
      if (kept !== undefined && kept.until > clock.now().getTime()) return kept.client;
      const { id, granted } = await installationOf(key, repository);
      const wanted = Object.entries(needed).filter(([name]) => granted[name] !== undefined);
      const permissions = Object.fromEntries(
        wanted.map(([name, access]) => [name, granted[name] === 'read' ? 'read' : access] as const),
      );
      const { token, expires_at } = await mint(repository, permissions);
      const octokit = new Client({
        auth: { token },
        baseUrl: options.baseUrl,
      }) as unknown as Octokit;
      octokit.hook.error('request', (error) => {
        // Revoked, or past its time by GitHub's clock: the next one gets another.
        if ((error as { status?: unknown }).status === 401) clients.delete(key);
        throw error;
      });
      octokit.hook.after('request', ({ headers }) => {
        const remaining = Number(headers['x-ratelimit-remaining']);
        const resource = headers['x-ratelimit-resource'];
        if (typeof resource === 'string' && Number.isInteger(remaining))
          options.onQuota?.(resource, remaining);
      });
      const way = trafficOf(id);
      const client = { octokit: way.direct(octokit), quota: () => way.quota };
      clients.set(key, { client, until: Date.parse(expires_at) - spareMs });
      return client;
    },
    gitTokenFor: async (repository) => (await mint(repository, { contents: 'write' })).token,
  };
}

/** Another owner is another installation. */
const keyOf = ({ id, owner }: RepositoryRef): string => `${id} ${owner}`;
