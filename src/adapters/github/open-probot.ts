import type { Octokit } from '@octokit/rest';
import { createNodeMiddleware, Probot, ProbotOctokit } from 'probot';
import type { RepositoryRef } from '../../town/ports/hub.ts';
import type { HubsOptions } from './create-hubs.ts';

export interface ProbotOptions {
  readonly appId: number;
  /** PEM. */
  readonly privateKey: string;
  readonly webhookSecret: string;
  /** REST root: `https://api.github.com`, or an Enterprise server's `/api/v3`. */
  readonly baseUrl: string;
  /** Where repositories are cloned from. */
  readonly gitRoot: string;
  /** GitHub's advised pauses between writes. Off only against a server that needs none. */
  readonly paced: boolean;
  /** Told after each answer: how many requests are left of a rate limit (`core`, `graphql`, …). */
  readonly onQuota?: (resource: string, remaining: number) => void;
  /** Must be durable when it resolves: GitHub is answered then, and never sends the delivery again by itself. */
  readonly onDelivery: (delivery: { guid: string; event: string; payload: unknown }) => Promise<void>;
}

export interface OpenProbot {
  /** Node middleware that takes signed webhooks at `/api/github/webhooks`. */
  readonly middleware: Awaited<ReturnType<typeof createNodeMiddleware>>;
  /** What `createHubs` needs. */
  readonly hubs: HubsOptions;
}

export const webhooksPath = '/api/github/webhooks';

/** The GitHub App: webhooks in through Probot's own door, installation clients out. Rejects when the App's key is refused. */
export async function openProbot(options: ProbotOptions): Promise<OpenProbot> {
  const { appId, privateKey, webhookSecret: secret, baseUrl } = options;
  const probot = new Probot({
    appId,
    privateKey,
    secret,
    baseUrl,
    logLevel: 'fatal',
    Octokit: client(options),
  });
  const middleware = await createNodeMiddleware(
    (app) => {
      app.onAny(async ({ id, name, payload }) => {
        await options.onDelivery({ guid: id, event: name, payload });
      });
    },
    { probot, webhooksPath },
  );
  const app = (await probot.auth()) as unknown as Octokit;
  const { data: self } = await app.rest.apps.getAuthenticated();
  const installations = installationsOf(app);
  return {
    middleware,
    hubs: {
      gitRoot: options.gitRoot,
      identity: `${self?.slug}[bot]`,
      octokitFor: async (repository) =>
        (await probot.auth(await installations(repository))) as unknown as Octokit,
      gitTokenFor: async (repository) => {
        const { data } = await app.rest.apps.createInstallationAccessToken({
          installation_id: await installations(repository),
          repository_ids: [repository.id],
          permissions: { contents: 'write' },
        });
        return data.token;
      },
    },
  };
}

function client(options: ProbotOptions): typeof ProbotOctokit {
  const { onQuota } = options;
  if (onQuota === undefined) return pacedClient(options);
  return pacedClient(options).plugin((octokit) => {
    octokit.hook.after('request', ({ headers }) => {
      const remaining = Number(headers['x-ratelimit-remaining']);
      const resource = headers['x-ratelimit-resource'];
      if (typeof resource === 'string' && Number.isInteger(remaining)) onQuota(resource, remaining);
    });
  });
}

/** Only the function form of `defaults` reaches the throttling plugin. */
function pacedClient({ paced }: ProbotOptions): typeof ProbotOctokit {
  if (paced) return ProbotOctokit;
  return ProbotOctokit.defaults((defaults: { throttle?: object }) => ({
    ...defaults,
    throttle: { ...defaults.throttle, enabled: false },
  }));
}

function installationsOf(app: Octokit): (repository: RepositoryRef) => Promise<number> {
  const known = new Map<number, number>();
  return async ({ id, owner, name }) => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const { data } = await app.rest.apps.getRepoInstallation({ owner, repo: name });
    known.set(id, data.id);
    return data.id;
  };
}
