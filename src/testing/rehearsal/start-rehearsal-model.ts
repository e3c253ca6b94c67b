import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { roleName } from '../../domain/session/events.ts';
import { brokenTurnOrder, type ChatRequest, chatRequest } from './chat-request.ts';
import { type Completion, compose, wholeBody } from './completion.ts';
import type { Fault, RehearsalRequest } from './fault.ts';
import { findStep } from './find-step.ts';
import { type RehearsalScript, rehearsalModel } from './script.ts';
import { endlessly, streamed } from './stream-completion.ts';

export interface RehearsalOptions {
  /** From the request to the first byte of its answer. Default 0. */
  readonly latencyMs?: number;
  /** Default: any free one. */
  readonly port?: number;
  /** The key that is asked for. Default: any key will do. */
  readonly apiKey?: string;
  /** What goes wrong with a request, if anything. */
  readonly fault?: (request: RehearsalRequest) => Fault | null;
  /** Request fields that this endpoint refuses with 400, as strict providers do. */
  readonly rejectedFields?: readonly string[];
  /** Called with each request for a reply as it came, before anything is answered. */
  readonly onRequest?: (request: ChatRequest, number: number) => void;
}

export interface RehearsalModel {
  /** What a client takes as base URL: `http://127.0.0.1:<port>/v1`. */
  readonly baseUrl: string;
  /** How many requests for a reply have arrived. */
  requests(): number;
  /** Ends every open connection. */
  close(): Promise<void>;
}

/** Starts an OpenAI-compatible endpoint on loopback that plays a script. It keeps no conversation: each request tells all. */
export async function startRehearsalModel(
  script: RehearsalScript,
  options: RehearsalOptions = {},
): Promise<RehearsalModel> {
  const stop = new AbortController();
  let requests = 0;
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (stop.signal.aborted || response.destroyed) return;
      refuse(response, 500, { message: String(error), code: 'server_error' });
    });
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (options.apiKey !== undefined && request.headers.authorization !== `Bearer ${options.apiKey}`) {
      return refuse(response, 401, { message: 'Incorrect API key provided.', code: 'invalid_api_key' });
    }
    const path = new URL(request.url ?? '/', 'http://rehearsal').pathname;
    if (request.method === 'GET' && path === '/v1/models') return answer(response, models());
    if (request.method !== 'POST' || path !== '/v1/chat/completions') {
      return refuse(response, 404, {
        message: `Unknown request URL: ${request.method} ${path}.`,
        code: null,
      });
    }
    const body: unknown = await json(request);
    requests += 1;
    const number = requests;
    const parsed = chatRequest.safeParse(body);
    if (!parsed.success) return refuse(response, 400, { message: parsed.error.message, code: null });
    options.onRequest?.(parsed.data, number);
    const rejected = options.rejectedFields?.find((field) => Object.hasOwn(Object(body), field));
    if (rejected !== undefined) {
      const message = `Unrecognized request argument supplied: ${rejected}`;
      return refuse(response, 400, { message, code: null, param: rejected });
    }
    await play(parsed.data, number, response);
  }

  async function play(request: ChatRequest, number: number, response: ServerResponse): Promise<void> {
    const disorder = brokenTurnOrder(request);
    if (disorder !== null) return refuse(response, 400, { message: disorder, code: null });
    const found = findStep(script, request);
    if (found.status === 'unknown-model') {
      const message = `The model \`${request.model}\` does not exist or you do not have access to it.`;
      return refuse(response, 404, { message, code: 'model_not_found' });
    }
    if (found.status === 'off-script') {
      return refuse(response, 409, { message: found.message, code: 'off_script' });
    }
    const { role, about, index: step } = found;
    const fault = options.fault?.({ number, role, about, step }) ?? null;
    if (options.latencyMs) await delay(options.latencyMs, undefined, { signal: stop.signal });
    if (fault?.kind === 'reset') return void response.destroy();
    if (fault?.kind === 'status') return refuseByFault(response, fault);
    const completion = compose(request, found.step, step, fault);
    await send(request, completion, fault, response);
  }

  async function send(
    request: ChatRequest,
    completion: Completion,
    fault: Fault | null,
    response: ServerResponse,
  ): Promise<void> {
    const usageTold = fault?.kind !== 'no-usage';
    if (request.stream !== true) return answer(response, wholeBody(completion, usageTold));
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    if (fault?.kind === 'endless') return endlessly(completion, fault.text, response);
    await streamed(
      completion,
      usageTold && request.stream_options?.include_usage === true,
      fault,
      response,
      stop.signal,
    );
  }

  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests: () => requests,
    close: () => closed(server, stop),
  };
}

async function closed(server: Server, stop: AbortController): Promise<void> {
  stop.abort();
  const ended = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await ended;
}

const models = (): object => ({
  object: 'list',
  data: roleName.options.map((role) => ({
    id: rehearsalModel(role),
    object: 'model',
    created: 0,
    owned_by: 'rehearsal',
  })),
});

function answer(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function refuseByFault(response: ServerResponse, fault: Extract<Fault, { kind: 'status' }>): void {
  if (fault.retryAfterSeconds !== undefined) {
    response.setHeader('retry-after', String(fault.retryAfterSeconds));
  }
  const message = fault.status === 429 ? 'Rate limit reached.' : 'The server had an error.';
  refuse(response, fault.status, { message, code: fault.status === 429 ? 'rate_limit_exceeded' : null });
}

function refuse(
  response: ServerResponse,
  status: number,
  error: { readonly message: string; readonly code: string | null; readonly param?: string },
): void {
  const type = status >= 500 ? 'server_error' : 'invalid_request_error';
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error: { param: null, type, ...error } }));
}
