import type { ModelFailed } from '../../agent/ports/model.ts';

/** How long and how often a failed request is tried again. */
export interface RetryPolicy {
  /** Requests in all, the first one included. */
  readonly attempts: number;
  /** Wait before the second request; doubled for each one after it. */
  readonly firstDelayMs: number;
  readonly maxDelayMs: number;
}

/** Ten tries over about ten minutes: a rate limit's minute passes without a session being lost. */
export const defaultRetryPolicy: RetryPolicy = { attempts: 10, firstDelayMs: 1_000, maxDelayMs: 120_000 };

const mendable: ReadonlySet<ModelFailed['kind']> = new Set([
  'rate-limited',
  'unreachable',
  'stalled',
  'garbled',
]);

/**
 * Milliseconds to wait before the next try, or null to give up. `attempt` is the number of requests made so far;
 * `retryAfterMs` is what the endpoint asked for, and is kept to even where the policy would wait less or more.
 * `random` (0 to 1) spreads sessions that failed together over half of the wait.
 */
export function nextDelay(
  policy: RetryPolicy,
  kind: ModelFailed['kind'],
  attempt: number,
  retryAfterMs: number | null,
  random: number,
): number | null {
  if (!mendable.has(kind) || attempt >= policy.attempts) return null;
  const backoff = Math.min(policy.maxDelayMs, policy.firstDelayMs * 2 ** (attempt - 1));
  const spread = backoff * (0.5 + random / 2);
  return Math.round(retryAfterMs === null ? spread : Math.max(retryAfterMs, spread));
}

/** What a `retry-after-ms` or `retry-after` header (seconds or HTTP date) asks for, in milliseconds; null without one. */
export function retryAfter(headers: Headers | undefined, now: number): number | null {
  const milliseconds = Number.parseFloat(headers?.get('retry-after-ms') ?? '');
  if (Number.isFinite(milliseconds)) return Math.max(0, milliseconds);
  const value = headers?.get('retry-after') ?? null;
  if (value === null) return null;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
