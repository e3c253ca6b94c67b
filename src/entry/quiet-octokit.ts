import { Octokit } from '@octokit/rest';

const silent = (): void => undefined;

/** A client of GitHub that says nothing on its own: whoever calls tells people what went wrong, and a URL may hold a code. */
export function quietOctokit(api: string, token?: string): Octokit {
  const log = { debug: silent, info: silent, warn: silent, error: silent };
  return new Octokit({ baseUrl: api, log, ...(token === undefined ? {} : { auth: token }) });
}
