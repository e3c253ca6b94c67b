import type { Octokit } from '@octokit/rest';
import { createNodeMiddleware, Probot } from 'probot';
import type { HubsOptions } from './create-hubs.ts';
import { hookDeliveries } from './hook-deliveries.ts';
import { installationClients } from './installation-clients.ts';
import type { Clock } from './pace/clock.ts';
import type { Pace } from './pace/pace.ts';
import { unthrottled } from './unthrottled.ts';

export interface ProbotOptions {
  readonly appId: number;
  /** PEM. */
  readonly privateKey: string;
  readonly webhookSecret: string;
  /** REST root: `https://api.github.com`, or an Enterprise server's `/api/v3`. */
  readonly baseUrl: string;
  /** Where repositories are cloned from. */
  readonly gitRoot: string;
  /** The pauses between writes. */
  readonly pace: Pace;
  /** By which tokens end and pauses are kept. Left out: the machine's. */
  readonly clock?: Clock;
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
    Octokit: unthrottled(options.clock),
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
  const clients = installationClients(app, options);
  return {
    middleware,
    hubs: {
      gitRoot: options.gitRoot,
      identity: `${self?.slug}[bot]`,
      hooks: hookDeliveries(app),
      clientFor: clients.clientFor,
      gitTokenFor: clients.gitTokenFor,
    },
  };
}
