import { RequestError } from '@octokit/request-error';
import type { Octokit } from '@octokit/rest';
import type { Quota } from '../../../town/ports/hub.ts';
import type { Clock } from './clock.ts';
import { EtagCache } from './etag-cache.ts';
import { kindOfWrite } from './kinds-of-write.ts';
import type { Pace } from './pace.ts';
import { PacedWriter } from './paced-writer.ts';

type Headers = Readonly<Record<string, string | number | undefined>>;
type Answer = Awaited<ReturnType<Octokit['request']>>;

/** GitHub says so in words alone where it wants a pause without saying how long: then a minute is the least. */
const leastPauseSeconds = 60;
const readsKept = 500;

/**
 * All requests of one installation: writes one after the other at GitHub's pace, each sent once; reads by ETag where they were
 * read before; pauses that GitHub asks for kept, and what is left of the quota known.
 */
export class Traffic {
  readonly #writer: PacedWriter;
  readonly #reads = new EtagCache<Answer>(readsKept);
  readonly #directed = new WeakSet<Octokit>();
  #quota: Quota | null = null;

  constructor(pace: Pace, clock?: Clock) {
    this.#writer = new PacedWriter(pace, clock);
  }

  /** Null before the first answer, and where the server counts nothing. */
  get quota(): Quota | null {
    return this.#quota;
  }

  /** Leads all requests of a client through here. */
  direct(octokit: Octokit): Octokit {
    if (this.#directed.has(octokit)) return octokit;
    this.#directed.add(octokit);
    octokit.hook.wrap('request', async (request, options) => {
      const method = options.method ?? 'GET';
      const url = options.url.split('?')[0] ?? '';
      if (isAuthentication(url)) return request(options);
      try {
        const send = async (): Promise<Answer> => request(options);
        if (method === 'GET' || method === 'HEAD') {
          await this.#writer.mayRead();
          const key = octokit.request.endpoint(options).url;
          return this.#noted(await this.#read(key, send, options.headers));
        }
        // Who wants it written knows whether it may be sent again, and nothing else waits for that meanwhile.
        options.request = { ...options.request, retries: 0 };
        return this.#noted(await this.#writer.write({ ...kindOfWrite(method, url), send }));
      } catch (error) {
        if (error instanceof RequestError) this.#learn(error);
        throw error;
      }
    });
    return octokit;
  }

  async #read(
    key: string,
    send: () => Promise<Answer>,
    headers: Record<string, string | number | undefined>,
  ): Promise<Answer> {
    const known = this.#reads.get(key);
    if (known !== undefined) headers['if-none-match'] = known.etag;
    try {
      const answer = await send();
      const { etag } = answer.headers;
      if (etag !== undefined) this.#reads.set(key, etag, answer);
      return answer;
    } catch (error) {
      if (known !== undefined && error instanceof RequestError && error.status === 304) {
        this.#note(error.response?.headers ?? {});
        return known.response;
      }
      throw error;
    }
  }

  #noted(answer: Answer): Answer {
    this.#note(answer.headers);
    return answer;
  }

  #note(headers: Headers): void {
    const [remaining, limit, reset] = ['remaining', 'limit', 'reset'].map((name) =>
      Number(headers[`x-ratelimit-${name}`] ?? Number.NaN),
    );
    if (remaining === undefined || limit === undefined || reset === undefined) return;
    if (![remaining, limit, reset].every(Number.isFinite)) return;
    this.#quota = { remaining, limit, resetAt: new Date(reset * 1000).toISOString() };
  }

  /** A refusal for too many requests holds all requests back, as long as GitHub says. */
  #learn(error: RequestError): void {
    if (error.status !== 403 && error.status !== 429) return;
    const headers: Headers = error.response?.headers ?? {};
    this.#note(headers);
    const seconds = pauseSeconds(headers, error.message);
    if (seconds !== null) this.#writer.holdBack(seconds * 1000);
  }
}

const isAuthentication = (url: string): boolean => /\/access_tokens$|\/login\/oauth\//.test(url);

/** `retry-after` first, else the time to the reset where nothing is left, else a minute; null: no limit was met. */
function pauseSeconds(headers: Headers, message: string): number | null {
  const after = Number(headers['retry-after'] ?? Number.NaN);
  if (Number.isFinite(after)) return after;
  if (String(headers['x-ratelimit-remaining']) === '0') {
    const reset = Number(headers['x-ratelimit-reset']);
    const now = Date.parse(String(headers.date)) / 1000;
    return Number.isFinite(reset - now) ? Math.max(1, reset - now) : leastPauseSeconds;
  }
  return /secondary rate limit/i.test(message) ? leastPauseSeconds : null;
}
