import { setTimeout as after } from 'node:timers/promises';
import type Dockerode from 'dockerode';
import type { EngineWatch } from '../../../town/ports/sandbox.ts';
import { engineFailure } from './engine-call.ts';
import { EngineUnavailable } from './errors.ts';

const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 10_000;
const doing = 'listening to the engine';

/** Resolves when the engine ends its stream of events, which it does only when it stops. */
async function untilItEnds(docker: Dockerode, signal: AbortSignal): Promise<EngineUnavailable> {
  try {
    const events = await docker.getEvents({ abortSignal: signal });
    events.resume();
    await new Promise<void>((resolve, reject) =>
      events.on('end', resolve).on('close', resolve).on('error', reject),
    );
  } catch (cause) {
    return asUnavailable(cause);
  }
  return new EngineUnavailable({ code: 'ENDED', doing });
}

/**
 * Tells when the engine stops answering, at once, and when it answers again; ends with the signal. Asks again with growing
 * pauses while it is away, since a socket that nobody listens on gives no sign.
 */
export async function watchEngine(docker: Dockerode, watch: EngineWatch): Promise<void> {
  let wait = FIRST_WAIT_MS;
  let away: boolean | null = null;
  while (!watch.signal.aborted) {
    const answers = await docker.ping().then(
      () => true,
      (cause: unknown) => {
        if (away !== true) watch.onLost(asUnavailable(cause));
        return false;
      },
    );
    if (answers) {
      watch.onAnswers();
      away = false;
      wait = FIRST_WAIT_MS;
      const reason = await untilItEnds(docker, watch.signal);
      if (watch.signal.aborted) return;
      watch.onLost(reason);
    }
    away = true;
    await after(wait, undefined, { signal: watch.signal }).catch(() => undefined);
    wait = Math.min(LONGEST_WAIT_MS, wait * 2);
  }
}

function asUnavailable(cause: unknown): EngineUnavailable {
  const failure = engineFailure(doing, cause);
  if (failure instanceof EngineUnavailable) return failure;
  return new EngineUnavailable({ code: 'UNHEALTHY', doing }, { cause });
}
