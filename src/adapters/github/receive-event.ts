import type { Octokit } from '@octokit/rest';
import { Probot } from 'probot';
import type { HubsOptions } from './create-hubs.ts';
import { githubPace } from './pace/pace.ts';
import { Traffic } from './pace/traffic.ts';
import { unthrottled } from './unthrottled.ts';

export interface ActionsEvent {
  readonly guid: string;
  readonly event: string;
  readonly payload: unknown;
}

export interface TokenProbotOptions {
  readonly token: string;
  readonly baseUrl: string;
  readonly gitRoot: string;
}

/**
 * Probot for one event of a GitHub Actions run: no server, no App, the job's own token. A handler that fails rejects, so
 * that the job turns red.
 */
export async function openTokenProbot(options: TokenProbotOptions): Promise<{
  readonly hubs: HubsOptions;
  receive(event: ActionsEvent, handle: (event: ActionsEvent) => Promise<void>): Promise<void>;
}> {
  const { token, baseUrl, gitRoot } = options;
  const probot = new Probot({ githubToken: token, baseUrl, logLevel: 'fatal', Octokit: unthrottled() });
  const way = new Traffic(githubPace);
  const octokit = way.direct((await probot.auth()) as unknown as Octokit);
  return {
    hubs: {
      gitRoot,
      identity: await identityOf(octokit),
      clientFor: async () => ({ octokit, quota: () => way.quota }),
      hooks: null,
      gitTokenFor: async () => token,
    },
    async receive(event, handle) {
      await probot.load((app) => {
        app.onAny(async () => handle(event));
      });
      const { guid: id, event: name, payload } = event;
      await probot.receive({ id, name, payload } as Parameters<typeof probot.receive>[0]);
    },
  };
}

/** A job's own token may not ask who it is; then it is the built-in identity. */
async function identityOf(octokit: Octokit): Promise<string> {
  try {
    const { data } = await octokit.rest.users.getAuthenticated();
    return data.login;
  } catch (error) {
    if (isRefusal(error)) return 'github-actions[bot]';
    throw error;
  }
}

function isRefusal(error: unknown): boolean {
  const status = (error as { status?: unknown }).status;
  return status === 403 || status === 401 || status === 404;
}
