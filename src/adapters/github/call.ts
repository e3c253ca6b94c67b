import { RequestError } from '@octokit/request-error';
import { HubFailed } from '../../town/ports/hub.ts';
import { graphRefusal } from './graph-refusal.ts';
import { HeldBack } from './pace/paced-writer.ts';

/** For creates: GitHub has no idempotency key, so they are sent once and looked for afterwards. */
export const once = { request: { retries: 0 } } as const;

/** Runs one call and turns whatever goes wrong into a `HubFailed` that says whether it may have happened all the same. */
export async function call<T>(operation: string, send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    throw asHubFailed(operation, error);
  }
}

/** Like `call`, with null for 404: what was asked for is not there. Issues say 410 when they were, and are no more. */
export async function callOrNull<T>(
  operation: string,
  send: () => Promise<T>,
  gone: 404 | 410 = 404,
): Promise<T | null> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof RequestError && error.status === gone) return null;
    throw asHubFailed(operation, error);
  }
}

function asHubFailed(operation: string, error: unknown): HubFailed {
  if (error instanceof HubFailed) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof HeldBack) {
    const retryAt = error.retryAt.toISOString();
    return new HubFailed({ operation, status: 403, outcome: 'refused', retryAt, message }, { cause: error });
  }
  const refusal = graphRefusal(error);
  if (refusal !== null) {
    return new HubFailed(
      { operation, status: refusal, outcome: 'refused', retryAt: null, message },
      { cause: error },
    );
  }
  if (!(error instanceof RequestError)) {
    return new HubFailed(
      { operation, status: null, outcome: 'unknown', retryAt: null, message },
      { cause: error },
    );
  }
  const outcome = error.status >= 400 && error.status < 500 ? 'refused' : 'unknown';
  const retryAt = retryTime(error.response?.headers ?? {});
  return new HubFailed({ operation, status: error.status, outcome, retryAt, message }, { cause: error });
}

/** `retry-after` (seconds) first, then `x-ratelimit-reset` (epoch seconds) when nothing remains. */
function retryTime(headers: Readonly<Record<string, string | number | undefined>>): string | null {
  const after = Number(headers['retry-after']);
  const date = Date.parse(String(headers.date ?? ''));
  if (Number.isFinite(after) && Number.isFinite(date)) return new Date(date + after * 1000).toISOString();
  const reset = Number(headers['x-ratelimit-reset']);
  if (headers['x-ratelimit-remaining'] === '0' && Number.isFinite(reset))
    return new Date(reset * 1000).toISOString();
  return null;
}
