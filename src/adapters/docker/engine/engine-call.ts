import { z } from 'zod';
import { EngineUnavailable, SandboxFailed } from './errors.ts';

const engineError = z.object({
  statusCode: z.int().optional(),
  code: z.string().optional(),
  message: z.string(),
  json: z.object({ message: z.string() }).optional().catch(undefined),
});

/** The HTTP status an engine call failed with; null when it failed in another way. */
export function statusOf(error: unknown): number | null {
  if (error instanceof SandboxFailed) return error.status;
  return engineError.safeParse(error).data?.statusCode ?? null;
}

/** Turns what dockerode rejects with into the adapter's own errors. `doing` completes "while …". */
export function engineFailure(doing: string, cause: unknown): Error {
  if (cause instanceof EngineUnavailable || cause instanceof SandboxFailed) return cause;
  const known = engineError.safeParse(cause).data;
  if (known?.statusCode !== undefined) {
    const reason = known.json?.message ?? known.message;
    return new SandboxFailed({ doing, status: known.statusCode, reason }, { cause });
  }
  // System errors are named like this; ERR_… are a program's own.
  if (known?.code !== undefined && /^E(?!RR_)[A-Z]+$/.test(known.code))
    return new EngineUnavailable({ code: known.code, doing }, { cause });
  return new SandboxFailed({ doing, status: null, reason: known?.message ?? String(cause) }, { cause });
}

/** Awaits an engine call; rejects with `EngineUnavailable` or `SandboxFailed`. */
export async function engineCall<T>(doing: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    throw engineFailure(doing, cause);
  }
}

/** Like `engineCall`, with null for "there is no such thing" and for the HTTP statuses of `also`. */
export async function engineCallOrNull<T>(
  doing: string,
  call: () => Promise<T>,
  also: readonly number[] = [],
): Promise<T | null> {
  try {
    return await call();
  } catch (cause) {
    const status = statusOf(cause);
    if (status === 404 || (status !== null && also.includes(status))) return null;
    throw engineFailure(doing, cause);
  }
}
