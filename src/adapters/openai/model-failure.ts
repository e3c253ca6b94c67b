import { APIConnectionError, APIError } from 'openai';
import { ModelFailed } from '../../agent/ports/model.ts';
import { retryAfter } from './retry-policy.ts';

/** A request that failed, in our own words, with what the endpoint said about when to come back. */
export interface Failure {
  readonly error: ModelFailed;
  readonly retryAfterMs: number | null;
  /** The request field that the endpoint names as the culprit, where it names one. */
  readonly param: string | null;
}

/** The connection gave nothing for too long, or broke off before the reply's end. */
export class StreamBroken extends Error {
  override readonly name = 'StreamBroken';
  readonly how: 'stalled' | 'cut';
  constructor(how: 'stalled' | 'cut', message: string) {
    super(message);
    this.how = how;
  }
}

/** Puts whatever a request can fail with into a `ModelFailed`. `secrets` are blotted out of what the endpoint said. */
export function describeFailure(
  error: unknown,
  model: string,
  secrets: readonly string[],
  now: number,
): Failure {
  const fail = (
    kind: ModelFailed['kind'],
    message: string,
    status: number | null = null,
    more: Partial<Failure> = {},
  ): Failure => ({
    error: new ModelFailed(kind, { model, status, message }, { cause: error }),
    retryAfterMs: null,
    param: null,
    ...more,
  });
  if (error instanceof StreamBroken) {
    return fail(error.how === 'stalled' ? 'stalled' : 'unreachable', `The model ${model}: ${error.message}`);
  }
  if (error instanceof APIConnectionError || !(error instanceof APIError)) {
    const why = deepestMessage(error);
    return fail('unreachable', `The model endpoint can't be reached: ${blot(why, secrets)}.`);
  }
  const said = blot(error.message, secrets);
  const status: number | null = error.status ?? null;
  const retryAfterMs = retryAfter(error.headers, now);
  const facts = { retryAfterMs, param: error.param ?? null };
  if (status === 401) return fail('key-refused', `The model endpoint refused the key (HTTP 401).`, status);
  if (status === 403)
    return fail('key-refused', `The key may not use the model ${model} (HTTP 403).`, status);
  if (status === 404) return fail('unknown-model', `The endpoint has no model called ${model}.`, status);
  if (error.code === 'context_length_exceeded') {
    return fail('too-long', `The conversation is too long for ${model}: ${said}`, status, facts);
  }
  if (status === 429)
    return fail('rate-limited', `${model} is rate limited (HTTP 429): ${said}`, status, facts);
  if (status === null || status === 408 || status >= 500) {
    return fail('unreachable', `The model endpoint failed: ${said}`, status, facts);
  }
  return fail('rejected', `The model endpoint rejected the request: ${said}`, status, facts);
}

/** fetch says only "fetch failed"; what went wrong stands in the innermost cause. */
function deepestMessage(error: unknown): string {
  let innermost = error;
  while (innermost instanceof Error && innermost.cause instanceof Error) innermost = innermost.cause;
  return innermost instanceof Error ? innermost.message.replace(/\.$/, '') : String(innermost);
}

function blot(text: string, secrets: readonly string[]): string {
  const clean = secrets
    .filter((secret) => secret.length > 0)
    .reduce((so, secret) => so.replaceAll(secret, '[key]'), text);
  return clean.length > 600 ? `${clean.slice(0, 600)}…` : clean;
}
