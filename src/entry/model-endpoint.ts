import { CannotRun } from '../faces/cli/cannot-run.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface Endpoint {
  readonly baseURL: string;
  readonly apiKey: string;
  /** How long nothing may come within a reply until it is asked for anew. Left out: two minutes. */
  readonly stallMs?: number;
}

const openai = 'https://api.openai.com/v1';
const nebius = 'https://api.studio.nebius.com/v1';

/**
 * Where models are asked: `OPENAI_BASE_URL` and `OPENAI_API_KEY`; `NEBIUS_API_KEY` alone means Nebius' endpoint. Null
 * without a key. `GASTOWN_STALLED_AFTER` says after how many seconds of silence a reply is given up and asked for anew.
 */
export function modelEndpoint(env: Environment): Endpoint | null {
  const baseURL = env.OPENAI_BASE_URL || null;
  const stall = stallOf(env);
  if (env.OPENAI_API_KEY) return { baseURL: baseURL ?? openai, apiKey: env.OPENAI_API_KEY, ...stall };
  if (env.NEBIUS_API_KEY) return { baseURL: baseURL ?? nebius, apiKey: env.NEBIUS_API_KEY, ...stall };
  return null;
}

function stallOf({ GASTOWN_STALLED_AFTER: given }: Environment): Pick<Endpoint, 'stallMs'> {
  if (!given) return {};
  const seconds = Number(given);
  if (seconds > 0 && seconds <= 86_400) return { stallMs: seconds * 1000 };
  throw new CannotRun('usage', `GASTOWN_STALLED_AFTER: "${given}" is not a number of seconds.`);
}
