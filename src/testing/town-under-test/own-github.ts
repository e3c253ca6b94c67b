import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Octokit } from '@octokit/rest';
import type { HubsOptions } from '../../adapters/github/create-hubs.ts';
import { openProbot, webhooksPath } from '../../adapters/github/open-probot.ts';
import type { Fault } from '../../forge/faults/fault.ts';
import { type CollaboratorLevel, type Forge, type ForgeOptions, startForge } from '../../forge/index.ts';

export type Delivery = { readonly guid: string; readonly event: string; readonly payload: unknown };

/** A GitHub on loopback with one repository that has a first commit, people in it, and the App behind its own door. */
export interface OwnGitHub {
  readonly forge: Forge;
  readonly hubs: HubsOptions;
  readonly repository: { readonly id: number; readonly owner: string; readonly repo: string };
  /** The owner, who may do everything. */
  readonly owner: Octokit;
  /** Someone with this permission in the repository. */
  someone(login: string, level: CollaboratorLevel): Promise<Octokit>;
  /** Makes something go wrong, once or as often as it says. */
  fault(fault: Fault): Promise<void>;
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
): Promise<OwnGitHub> {
  const forge = await startForge({ ...options, adminToken });
  const { id } = await forge.createRepository({ owner, name: repo });
  const app = await openProbot({
    appId: forge.app.id,
    privateKey: forge.app.privateKey,
    webhookSecret: forge.webhookSecret,
    baseUrl: forge.api,
    gitRoot: forge.html,
    paced: false,
    onDelivery,
  });
  const door = createServer((request, response) => {
    void app.middleware(request, response, () => response.writeHead(404).end());
  });
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  forge.sendWebhooksTo(`http://127.0.0.1:${(door.address() as AddressInfo).port}${webhooksPath}`);
  const as = (token: string): Octokit => new Octokit({ baseUrl: forge.api, auth: token, log: silent });
  const ask = async (path: string, body: object): Promise<void> => {
    const answer = await fetch(`${forge.html}/_forge${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${adminToken}` },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`the forge refused ${path}: ${await answer.text()}`);
  };
  return {
    forge,
    hubs: app.hubs,
    repository: { id, owner, repo },
    owner: as(forge.userToken),
    someone: async (login, level) => {
      const { token } = await forge.addUser({ login, permission: { repository: `${owner}/${repo}`, level } });
      return as(token);
    },
    fault: (fault) => ask('/faults', fault),
    suspend: (suspended) => ask('/suspend', { installation: forge.app.installationId, suspended }),
    close: async () => {
      await forge.close();
      door.close();
      door.closeAllConnections();
      await once(door, 'close');
    },
  };
}
