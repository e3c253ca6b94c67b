type Environment = Readonly<Record<string, string | undefined>>;

export interface Endpoint {
  readonly baseURL: string;
  readonly apiKey: string;
}

const openai = 'https://api.openai.com/v1';
const nebius = 'https://api.studio.nebius.com/v1';

/**
 * Where models are asked: `OPENAI_BASE_URL` and `OPENAI_API_KEY`; `NEBIUS_API_KEY` alone means Nebius' endpoint. Null
 * without a key.
 */
export function modelEndpoint(env: Environment): Endpoint | null {
  const baseURL = env.OPENAI_BASE_URL || null;
  if (env.OPENAI_API_KEY) return { baseURL: baseURL ?? openai, apiKey: env.OPENAI_API_KEY };
  if (env.NEBIUS_API_KEY) return { baseURL: baseURL ?? nebius, apiKey: env.NEBIUS_API_KEY };
  return null;
}
