import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { Octokit } from '@octokit/rest';
import { pushCommit } from '../../adapters/git/workspace/exchange.ts';
import type { HubsOptions } from '../../adapters/github/create-hubs.ts';
import { openProbot, webhooksPath } from '../../adapters/github/open-probot.ts';
import { noPace } from '../../adapters/github/pace/pace.ts';
import { type Forge, startForge } from '../../forge/index.ts';
import type { Remote } from '../../town/ports/git-store.ts';
import { appOfForge } from '../app-of-forge.ts';
import type { OpenWorkspace } from './open-workspace.ts';

type OnDelivery = (delivery: { guid: string; event: string; payload: unknown }) => Promise<void>;

export interface LocalGitHub {
  readonly hubs: HubsOptions;
  /** REST root. */
  readonly api: string;
  readonly repository: { readonly id: number; readonly owner: string; readonly name: string };
  /** The person at the terminal, as GitHub knows them. */
  readonly overseer: Octokit;
  readonly remote: Remote;
  readonly privateKey: string;
  /** Lets webhooks through to the App, at its own door. */
  listen(): Promise<void>;
  close(): Promise<void>;
}

const owner = 'overseer';

/** A GitHub of its own for one workspace, with the App installed: a run goes the same way in and out as any other. */
export async function startLocalGitHub(
  townFolder: string,
  workspace: OpenWorkspace,
  onDelivery: OnDelivery,
): Promise<LocalGitHub> {
  const forge = await startForge({ folder: join(townFolder, 'forge') });
  const name = repositoryName(workspace.folder);
  const made = await forge.createRepository({ owner, name, defaultBranch: workspace.branch });
  const remote: Remote = { url: made.cloneUrl, token: forge.userToken };
  await pushCommit(workspace.folder, remote, workspace.head, workspace.branch);
  const app = await openProbot({
    ...appOfForge(forge),
    pace: noPace,
    onDelivery,
  });
  const server = createServer((request, response) => {
    void app.middleware(request, response, () => response.writeHead(404).end());
  });
  return {
    hubs: app.hubs,
    api: forge.api,
    repository: { id: made.id, owner, name },
    overseer: new Octokit({ baseUrl: forge.api, auth: forge.userToken }),
    remote,
    privateKey: forge.app.privateKey,
    listen: async () => forge.sendWebhooksTo(await listen(server)),
    close: () => close(forge, server),
  };
}

function repositoryName(folder: string): string {
  const name = basename(folder)
    .replaceAll(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[.-]+/, '')
    .slice(0, 80);
  return name || 'workspace';
}

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}${webhooksPath}`;
}

async function close(forge: Forge, server: Server): Promise<void> {
  await forge.close();
  if (!server.listening) return;
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
}
