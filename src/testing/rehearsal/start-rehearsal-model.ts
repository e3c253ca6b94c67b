import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerRequest, type Rehearsal } from './answer-request.ts';
import { refuse } from './answers.ts';
import type { ChatRequest } from './chat-request.ts';
import type { Fault, RehearsalRequest } from './fault.ts';
import type { RehearsalScript } from './script.ts';

export interface RehearsalOptions {
  /** From the request to the first byte of its answer. Default 0. */
  readonly latencyMs?: number;
  /** Awaited before a reply is begun: something that takes a model as long as it takes. */
  readonly thinking?: (request: RehearsalRequest) => Promise<void>;
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
  /** Called when a reply has been sent, whole or as far as it came: what a provider would write on the bill. */
  readonly onBilled?: (bill: Bill) => void;
}

/** One reply on the bill, as the endpoint counts it. */
export interface Bill extends RehearsalRequest {
  readonly model: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** False: it broke off, or nobody was there any more to hear its end. */
  readonly whole: boolean;
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
  const rehearsal: Rehearsal = { script, options, stop: stop.signal, requests: 0 };
  const server = createServer((request, response) => {
    answerRequest(rehearsal, request, response).catch((error: unknown) => {
      if (stop.signal.aborted || response.destroyed) return;
      refuse(response, 500, { message: String(error), code: 'server_error' });
    });
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests: () => rehearsal.requests,
    close: () => closed(server, stop),
  };
}

async function closed(server: Server, stop: AbortController): Promise<void> {
  stop.abort();
  if (!server.listening) return;
  const ended = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await ended;
}
