import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { answer, modelList, refuse, refuseByFault } from './answers.ts';
import { brokenTurnOrder, type ChatRequest, chatRequest } from './chat-request.ts';
import { type Completion, compose, wholeBody } from './completion.ts';
import type { Fault } from './fault.ts';
import { findStep } from './find-step.ts';
import type { RehearsalScript } from './script.ts';
import type { RehearsalOptions } from './start-rehearsal-model.ts';
import { endlessly, streamed } from './stream-completion.ts';

/** A script being played, and how many requests for a reply it has had. */
export interface Rehearsal {
  readonly script: RehearsalScript;
  readonly options: RehearsalOptions;
  readonly stop: AbortSignal;
  requests: number;
}

/** Answers one request as an OpenAI-compatible endpoint does. */
export async function answerRequest(
  rehearsal: Rehearsal,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { options } = rehearsal;
  if (options.apiKey !== undefined && request.headers.authorization !== `Bearer ${options.apiKey}`) {
    return refuse(response, 401, { message: 'Incorrect API key provided.', code: 'invalid_api_key' });
  }
  const path = new URL(request.url ?? '/', 'http://rehearsal').pathname;
  if (request.method === 'GET' && path === '/v1/models') return answer(response, modelList());
  if (request.method !== 'POST' || path !== '/v1/chat/completions') {
    return refuse(response, 404, { message: `Unknown request URL: ${request.method} ${path}.`, code: null });
  }
  const body: unknown = await json(request);
  rehearsal.requests += 1;
  const number = rehearsal.requests;
  const parsed = chatRequest.safeParse(body);
  if (!parsed.success) return refuse(response, 400, { message: parsed.error.message, code: null });
  options.onRequest?.(parsed.data, number);
  const rejected = options.rejectedFields?.find((field) => Object.hasOwn(Object(body), field));
  if (rejected !== undefined) {
    const message = `Unrecognized request argument supplied: ${rejected}`;
    return refuse(response, 400, { message, code: null, param: rejected });
  }
  await play(rehearsal, parsed.data, number, response);
}

async function play(
  { script, options, stop }: Rehearsal,
  request: ChatRequest,
  number: number,
  response: ServerResponse,
): Promise<void> {
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
  await options.thinking?.({ number, role, about, step });
  if (options.latencyMs) await delay(options.latencyMs, undefined, { signal: stop });
  if (fault?.kind === 'reset') return void response.destroy();
  if (fault?.kind === 'status') return refuseByFault(response, fault);
  const completion = compose(request, found.step, step, fault);
  const outputTokens = await send(request, completion, fault, response, stop);
  const whole = fault?.kind !== 'cut' && fault?.kind !== 'hang' && !response.destroyed;
  const { model } = request;
  options.onBilled?.({
    ...{ number, role, about, step, model, whole },
    inputTokens: completion.usage.input,
    outputTokens,
  });
}

/** Gives how many tokens of output were made. */
async function send(
  request: ChatRequest,
  completion: Completion,
  fault: Fault | null,
  response: ServerResponse,
  stop: AbortSignal,
): Promise<number> {
  const usageTold = fault?.kind !== 'no-usage';
  if (request.stream !== true) {
    answer(response, wholeBody(completion, usageTold));
    return completion.usage.output;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  if (fault?.kind === 'endless') return endlessly(completion, fault.text, response);
  const withUsage = usageTold && request.stream_options?.include_usage === true;
  await streamed(completion, withUsage, fault, response, stop);
  return completion.usage.output;
}
