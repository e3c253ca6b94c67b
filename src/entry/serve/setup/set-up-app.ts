import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { parse } from 'yaml';
import { webhooksPath } from '../../../adapters/github/open-probot.ts';
import { CannotRun } from '../../../faces/cli/cannot-run.ts';
import { type Access, isLoopback } from '../../../faces/web/door/access.ts';
import { appFile } from '../../../faces/web/setup/app-manifest.ts';
import { createSetup } from '../../../faces/web/setup/create-setup.ts';
import { packageFolder } from '../../package-folder.ts';
import { keepApp } from './keep-app.ts';

export interface SetUpContext {
  readonly env: NodeJS.ProcessEnv;
  /** Absolute: the file that gets the keys. */
  readonly envFile: string;
  readonly stop: AbortSignal;
  readonly write: (text: string) => void;
}

/** Whether nothing says which App to be. */
export const hasNoApp = ({ APP_ID, PRIVATE_KEY, PRIVATE_KEY_PATH }: NodeJS.ProcessEnv): boolean =>
  !APP_ID && !PRIVATE_KEY && !PRIVATE_KEY_PATH;

/** `gastown serve` where there is no App yet: makes one with GitHub's manifest flow. Ends when its keys are in `.env`. */
export async function setUpApp({ env, envFile, stop, write }: SetUpContext): Promise<void> {
  const host = env.HOST || '127.0.0.1';
  const api = (env.GITHUB_API_URL || 'https://api.github.com').replace(/\/$/, '');
  const setup = createSetup({
    file: appFile.parse(parse(await readFile(join(packageFolder, 'app.yml'), 'utf8'))),
    webhooksPath,
    githubRoot: (env.GITHUB_SERVER_URL || 'https://github.com').replace(/\/$/, ''),
    publicRoot: env.GASTOWN_URL ?? '',
    access: accessOf(host, env.GASTOWN_WEB_TOKEN),
    clock: () => new Date(),
    keep: (code) => keepApp(code, { api, envFile }),
  });
  const server = createServer(getRequestListener((request) => setup.fetch(request)));
  server.listen(Number(env.PORT || 3000), host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  write('There is no GitHub App yet (APP_ID is not set). To make one, open once:\n');
  write(`  http://${host}:${port}${setup.linkPath()}\n`);
  const made = await Promise.race([setup.done, once(stop, 'abort').then(() => null)]);
  server.close();
  server.closeIdleConnections();
  await once(server, 'close');
  if (made !== null) write(`${made.name} is made, and ${envFile} has its keys. Start gastown serve again.\n`);
}

function accessOf(host: string, token: string | undefined): Access {
  if (token) return { kind: 'token', token };
  if (isLoopback(host)) return { kind: 'loopback' };
  throw new CannotRun(
    'usage',
    'To set up the App on an address that is not loopback, set GASTOWN_WEB_TOKEN.',
  );
}
