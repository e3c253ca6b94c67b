import { z } from 'zod';
import type { ModelFailed } from '../../agent/ports/model.ts';
import { type EndpointOptions, openClient } from './create-model-port.ts';
import { describeFailure } from './model-failure.ts';

/** What an endpoint turned out to be. `message` is one sentence for people, without the key. */
export type EndpointCheck =
  | { readonly status: 'ready'; readonly models: readonly string[] }
  /** It answers and takes the key, but lists no models: whether they exist shows at the first request. */
  | { readonly status: 'unlisted' }
  | { readonly status: 'key-refused' | 'unreachable' | 'failed'; readonly message: string }
  | { readonly status: 'unknown-model'; readonly missing: readonly string[]; readonly message: string };

const modelList = z.object({ data: z.array(z.object({ id: z.string() })) });

/** Asks an endpoint once whether it is there, takes the key and has these models. Costs no tokens; gives up after `timeoutMs`. */
export async function checkEndpoint(
  options: EndpointOptions & { readonly models: readonly string[]; readonly timeoutMs?: number },
): Promise<EndpointCheck> {
  let listed: z.output<typeof modelList>;
  try {
    const answer: unknown = await openClient(options).get('/models', {
      timeout: options.timeoutMs ?? 10_000,
    });
    const parsed = modelList.safeParse(answer);
    if (!parsed.success || parsed.data.data.length === 0) return { status: 'unlisted' };
    listed = parsed.data;
  } catch (error) {
    return failed(describeFailure(error, '', [options.apiKey], 0).error, options.baseURL);
  }
  const known = new Set(listed.data.map((model) => model.id));
  const missing = [...new Set(options.models)].filter((model) => !known.has(model));
  if (missing.length === 0) return { status: 'ready', models: [...known].sort() };
  const examples = [...known].sort().slice(0, 8).join(', ');
  return {
    status: 'unknown-model',
    missing,
    message: `${options.baseURL} has no model called ${missing.join(' or ')}; it has ${examples}${known.size > 8 ? ' and others' : ''}.`,
  };
}

function failed(failure: ModelFailed, baseURL: string): EndpointCheck {
  if (failure.kind === 'key-refused') {
    return {
      status: 'key-refused',
      message: `${baseURL} refused the key: check OPENAI_API_KEY or NEBIUS_API_KEY.`,
    };
  }
  if (failure.status === 404) return { status: 'unlisted' };
  if (failure.kind === 'unreachable' && failure.status === null) {
    return { status: 'unreachable', message: `${baseURL}: ${failure.message}` };
  }
  return { status: 'failed', message: `${baseURL}: ${failure.message}` };
}
