import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Octokit } from '@octokit/rest';
import type { HubsOptions } from '../../adapters/github/create-hubs.ts';
import { openProbot, webhooksPath } from '../../adapters/github/open-probot.ts';
import { type Clock, machineClock } from '../../adapters/github/pace/clock.ts';
import { noPace, type Pace } from '../../adapters/github/pace/pace.ts';
import { appOfForge } from '../../entry/app-of-forge.ts';
import type { Fault, WantedFault } from '../../forge/faults/fault.ts';
import { type CollaboratorLevel, type Forge, type ForgeOptions, startForge } from '../../forge/index.ts';
import type { HookDeliveries } from '../../town/ports/hook-deliveries.ts';

export type Delivery = { readonly guid: string; readonly event: string; readonly payload: unknown };

/** A GitHub on loopback with one repository that has a first commit, people in it, and the App behind its own door. */
export interface OwnGitHub {
  readonly forge: Forge;
  readonly hubs: HubsOptions;
  /** Where the App takes webhooks. */
  readonly door: string;
  readonly repository: { readonly id: number; readonly owner: string; readonly repo: string };
  /** The owner, who may do everything. */
  readonly owner: Octokit;
  /** Someone with this permission in the repository. */
  someone(login: string, level: CollaboratorLevel): Promise<Octokit>;
  /** Makes something go wrong, once or as often as it says. */
  fault(...faults: readonly WantedFault[]): Promise<void>;
  /** What waits to go wrong yet. */
  faults(): Promise<readonly Fault[]>;
  /** Ends all faults that have not happened yet. */
  heal(): Promise<void>;
  /** GitHub's own log of the App's webhooks. */
  readonly hooks: HookDeliveries;
  /** Lets the runner of a job vanish. */
  loseRunner(job: number): Promise<void>;
  /** Ends a job as one that is out of time. */
  expireJob(job: number): Promise<void>;
  /** Makes a token worthless. */
  revoke(token: string): Promise<void>;
  /** Takes the App's access away, or gives it back. */
  suspend(suspended: boolean): Promise<void>;
  close(): Promise<void>;
}

const adminToken = 'the forge is mine';
const owner = 'acme';
const repo = 'thing';
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export async function startOwnGitHub(
  onDelivery: (delivery: Delivery) => Promise<void>,
  options: ForgeOptions = {},
  pace: Pace = noPace,
  clock: Clock = machineClock,
): Promise<OwnGitHub> {
  const forge = await startForge({ clock: clock.now, ...options, adminToken });
  const { id } = await forge.createRepository({ owner, name: repo });
  const app = await openProbot({
    ...appOfForge(forge),
    pace,
    clock,
    onDelivery,
  });
  const door = createServer((request, response) => {
    void app.middleware(request, response, () => response.writeHead(404).end());
  });
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  const url = `http://127.0.0.1:${(door.address() as AddressInfo).port}${webhooksPath}`;
  forge.sendWebhooksTo(url);
  const as = (token: string): Octokit => new Octokit({ baseUrl: forge.api, auth: token, log: silent });
  if (app.hubs.hooks === null) throw new Error('an App without webhooks');
  const { hooks } = app.hubs;
  const ask = async (path: string, body: object | null, method = 'POST'): Promise<string> => {
    const answer = await fetch(`${forge.html}/_forge${path}`, {
      method,
      headers: { authorization: `Bearer ${adminToken}` },
      ...(body === null ? {} : { body: JSON.stringify(body) }),
    });
    const said = await answer.text();
    if (!answer.ok) throw new Error(`the forge refused ${path}: ${said}`);
    return said;
  };
  return {
    forge,
    hubs: app.hubs,
    door: url,
    repository: { id, owner, repo },
    owner: as(forge.userToken),
    someone: async (login, level) => {
      const { token } = await forge.addUser({ login, permission: { repository: `${owner}/${repo}`, level } });
      return as(token);
    },
    fault: async (...faults) => void (await ask('/faults', faults)),
    faults: async () => JSON.parse(await ask('/faults', null, 'GET')),
    heal: async () => void (await ask('/faults', null, 'DELETE')),
    hooks,
    loseRunner: async (job) => void (await ask('/runners/lose', { job })),
    expireJob: async (job) => void (await ask('/jobs/expire', { job })),
    revoke: async (token) => void (await ask('/revoke', { token })),
    suspend: async (suspended) =>
      void (await ask('/suspend', { installation: forge.app.installationId, suspended })),
    close: async () => {
      await forge.close();
      door.close();
      door.closeAllConnections();
      await once(door, 'close');
    },
  };
}
