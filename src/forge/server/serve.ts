import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { callerKind } from '../auth/caller-kind.ts';
import type { ForgeContext } from '../context.ts';
import { answerAdmin } from '../faults/serve-admin.ts';
import { suffer } from '../faults/suffer.ts';
import type { ForgeOptions } from '../forge.ts';
import { isGitPath, serveGit } from '../git/serve-git.ts';
import { answerGraphql } from '../graphql/answer-graphql.ts';
import { isOAuthPath, serveOAuth } from '../oauth/serve-oauth.ts';
import type { View } from '../render/view.ts';
import { operations } from '../routes/operations.ts';
import { serveWeb } from '../web/serve-web.ts';
import { answerApi } from './answer-api.ts';
import { Router } from './router.ts';
import { sendReply } from './send-reply.ts';

const router = new Router(operations);

type Heard = 'onExchange' | 'onGitRequest';

export interface RunningServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Listens on loopback; the context is asked for per request, since it needs the port. */
export async function serve(
  options: Pick<ForgeOptions, 'port' | Heard>,
  context: () => ForgeContext,
): Promise<RunningServer> {
  const server = http.createServer((request, response) => {
    route(options, context(), request, response).catch((error: unknown) => fail(request, response, error));
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function route(
  options: Pick<ForgeOptions, Heard>,
  context: ForgeContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // By its own clock, as everything that it says of time: clients correct theirs by it.
  response.setHeader('date', context.clock().toUTCString());
  const host = request.headers.host ?? '';
  if (!/^(127\.0\.0\.1|localhost|\[::1\]|host\.docker\.internal)(:\d+)?$/.test(host)) {
    sendReply(request, response, { status: 421, body: { message: 'This forge answers on loopback only.' } });
    return;
  }
  const url = new URL(request.url ?? '/', `http://${host}`);
  if (url.pathname.startsWith('/_forge/')) {
    sendReply(request, response, await answerAdmin(context, request, url.pathname.slice('/_forge'.length)));
    return;
  }
  const work = () => dispatch(options, context, request, response, url);
  const fault = context.faults.takeForRequest({
    method: request.method ?? 'GET',
    path: url.pathname,
    caller: callerKind(request.headers.authorization),
  });
  await (fault === undefined ? work() : suffer(fault, response, work));
}

async function dispatch(
  options: Pick<ForgeOptions, Heard>,
  context: ForgeContext,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  if (url.pathname.startsWith('/api/v3/') || url.pathname === '/api/v3') {
    await serveApi(options, context, request, response, url);
  } else if (url.pathname === '/api/graphql' && request.method === 'POST') {
    const view: View = { ...context.view, html: url.origin, api: `${url.origin}/api/v3` };
    sendReply(request, response, await answerGraphql(context, view, request));
  } else if (isOAuthPath(url)) {
    await serveOAuth(context, request, response, url);
  } else if (isGitPath(url)) {
    options.onGitRequest?.(`${request.method} ${url.pathname}${url.search}`);
    await serveGit(context, request, response, url);
  } else {
    await serveWeb(context, request, response, url);
  }
}

async function serveApi(
  options: Pick<ForgeOptions, 'onExchange'>,
  context: ForgeContext,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const view: View = { ...context.view, html: url.origin, api: `${url.origin}/api/v3` };
  const { reply, operation, body } = await answerApi(context, router, view, request, url);
  const sent = sendReply(request, response, reply);
  options.onExchange?.({
    request: {
      method: request.method ?? '',
      url: url.href,
      operationId: operation?.operationId ?? null,
      headers: flat(request.headers),
      body: body ?? null,
    },
    response: { ...sent, body: sent.status === 304 ? null : (reply.body ?? null) },
  });
}

function flat(headers: IncomingMessage['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}

/** A defect of the forge, or a client that hung up: answered where that is still possible, and the forge lives on. */
function fail(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (response.destroyed || response.writableEnded) return;
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const message = error instanceof Error ? error.message : 'unknown';
  sendReply(request, response, { status: 500, body: { message: `Server Error: ${message}`, status: '500' } });
}
