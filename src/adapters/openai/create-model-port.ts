import { setTimeout as delay } from 'node:timers/promises';
import OpenAI from 'openai';
import { ZodError } from 'zod';
import {
  type ModelCallOptions,
  ModelFailed,
  type ModelPort,
  type ModelReply,
  type ModelRequest,
} from '../../agent/ports/model.ts';
import { httpFetch } from './http-fetch.ts';
import { describeFailure, type Failure } from './model-failure.ts';
import type { ReadReply } from './read-reply.ts';
import { type ChatBody, chatBody, type OptionalField, optionalFields } from './request-body.ts';
import { defaultRetryPolicy, nextDelay, type RetryPolicy } from './retry-policy.ts';
import { sendRequest } from './send-request.ts';

export interface EndpointOptions {
  readonly baseURL: string;
  readonly apiKey: string;
  readonly extraHeaders?: Readonly<Record<string, string>>;
}

export interface ModelPortOptions extends EndpointOptions {
  /** Context windows in tokens by model name; for a model that isn't there, `defaultContextWindow`. */
  readonly contextWindows?: Readonly<Record<string, number>>;
  readonly retry?: RetryPolicy;
  /** How long nothing may come from the endpoint within a reply. Default two minutes. */
  readonly stallMs?: number;
  /** Milliseconds since 1970, to read a `retry-after` date and to time replies. Default the system's. */
  readonly now?: () => number;
  /** 0 to 1, to spread retries. Default `Math.random`. */
  readonly random?: () => number;
}

/** What is taken for a model's window where nobody said: small enough for all that can hold a session at all. */
const defaultContextWindow = 128_000;

/** The endpoint as a client of the openai package, without its retries: ours know stalls and broken streams too. */
export function openClient(options: EndpointOptions): OpenAI {
  return new OpenAI({
    baseURL: options.baseURL,
    apiKey: options.apiKey,
    maxRetries: 0,
    // A reply may take as long as it keeps coming: the stall timeout is what ends it.
    timeout: 24 * 60 * 60 * 1000,
    // The environment's own settings of these belong to another endpoint.
    organization: null,
    project: null,
    logLevel: 'off',
    fetch: httpFetch,
    ...(options.extraHeaders ? { defaultHeaders: { ...options.extraHeaders } } : {}),
  });
}

/** A model port on any OpenAI-compatible endpoint. */
export function createModelPort(options: ModelPortOptions): ModelPort {
  const client = openClient(options);
  const now = options.now ?? Date.now;
  const random = options.random ?? Math.random;
  const policy = options.retry ?? defaultRetryPolicy;
  const stallMs = options.stallMs ?? 120_000;
  const refusedFields = new Map<string, ReadonlySet<OptionalField>>();

  const failureOf = (error: unknown, model: string): Failure => {
    if (error instanceof ZodError || error instanceof SyntaxError) {
      const message = `The model endpoint's answer can't be read: ${error.message}`;
      const garbled = new ModelFailed('garbled', { model, status: null, message }, { cause: error });
      return { error: garbled, retryAfterMs: null, param: null };
    }
    return describeFailure(error, model, [options.apiKey], now());
  };

  /** Sends a request; where the endpoint refuses fields that it may not know, again without them. */
  async function send(request: ModelRequest, callOptions: ModelCallOptions): Promise<ReadReply> {
    let without = refusedFields.get(request.model) ?? new Set<OptionalField>();
    for (;;) {
      const body = chatBody(request, without);
      try {
        const reply = await sendRequest(client, request, body, callOptions, stallMs);
        refusedFields.set(request.model, without);
        return reply;
      } catch (error) {
        callOptions.signal.throwIfAborted();
        const unknown = fieldsToDrop(failureOf(error, request.model), body);
        if (unknown.length === 0) throw error;
        without = new Set([...without, ...unknown]);
      }
    }
  }

  async function complete(request: ModelRequest, callOptions: ModelCallOptions): Promise<ModelReply> {
    for (let attempt = 1; ; attempt += 1) {
      const sentAt = now();
      try {
        const reply = await send(request, callOptions);
        return { ...reply, latencyMs: Math.max(0, now() - sentAt) };
      } catch (error) {
        callOptions.signal.throwIfAborted();
        const failure = failureOf(error, request.model);
        const wait = nextDelay(policy, failure.error.kind, attempt, failure.retryAfterMs, random());
        if (wait === null) throw failure.error;
        callOptions.onRetry?.({ failed: failure.error, delayMs: wait });
        await patiently(wait, callOptions.signal);
      }
    }
  }

  return {
    complete,
    contextWindow: (model) => options.contextWindows?.[model] ?? defaultContextWindow,
  };
}

/** Which optional fields may be what a refused request was refused for: the one that is named, else all of them. */
function fieldsToDrop(failure: Failure, body: ChatBody): readonly OptionalField[] {
  if (failure.error.status !== 400 && failure.error.status !== 422) return [];
  if (failure.error.kind !== 'rejected') return [];
  const sent = optionalFields(body);
  const named = sent.filter((field) => failure.param?.split('.')[0] === field);
  return named.length > 0 ? named : failure.param === null ? sent : [];
}

/** Waits, and rejects with the signal's own reason when it is aborted. */
async function patiently(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(milliseconds, undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}
