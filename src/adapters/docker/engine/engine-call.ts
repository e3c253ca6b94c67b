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

/** How long an engine may take to answer what should take milliseconds; it is busy at times. */
const PATIENCE_MS = 3 * 60_000;
/** For what takes as long as it takes: a command, a large archive, a commit. */
export const WITHOUT_LIMIT = null;

/**
 * Awaits an engine call; rejects with `EngineUnavailable` (code `ETIMEDOUT` when there is no answer in time) or
 * `SandboxFailed`. A call that is given up on may still take effect.
 */
export async function engineCall<T>(
  doing: string,
  call: () => Promise<T>,
  patienceMs: number | typeof WITHOUT_LIMIT = PATIENCE_MS,
): Promise<T> {
  try {
    return await (patienceMs === WITHOUT_LIMIT ? call() : inTime(doing, call(), patienceMs));
  } catch (cause) {
    throw engineFailure(doing, cause);
  }
}

async function inTime<T>(doing: string, answer: Promise<T>, patienceMs: number): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new EngineUnavailable({ code: 'ETIMEDOUT', doing })),
    patienceMs,
  );
  try {
    return await Promise.race([answer, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Like `engineCall`, with null for "there is no such thing" and for the HTTP statuses of `also`. */
export async function engineCallOrNull<T>(
  doing: string,
  call: () => Promise<T>,
  also: readonly number[] = [],
): Promise<T | null> {
  try {
    return await engineCall(doing, call);
  } catch (cause) {
    const status = statusOf(cause);
    if (status === 404 || (status !== null && also.includes(status))) return null;
    throw cause;
  }
}
