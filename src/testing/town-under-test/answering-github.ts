import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Octokit } from '@octokit/rest';
import { onTestFinished } from 'vitest';
import type { RepositoryClient } from '../../adapters/github/repository-client.ts';

type Answer = (response: ServerResponse, asked: { readonly body: string; readonly origin: string }) => void;

export const json =
  (body: unknown, status = 200): Answer =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

/** GitHub's side of the wire, answer by answer, for what the forge does not serve; `ann/rig` through an Octokit. */
export async function answeringGitHub(answers: Readonly<Record<string, Answer>>): Promise<RepositoryClient> {
  const origin = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = `${request.method} ${new URL(request.url ?? '', 'http://x').pathname}`;
    const body = await text(request);
    const chosen = answers[path] ?? json({ message: `nobody answers ${path}` }, 404);
    chosen(response, { body, origin: origin() });
  };
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  const octokit = new Octokit({ baseUrl: origin(), auth: 'ghs_token', log });
  return { octokit, repository: { id: 1, owner: 'ann', name: 'rig' }, identity: 'gas-town[bot]' };
}
