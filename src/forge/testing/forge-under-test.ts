import { createSign } from 'node:crypto';
import { Octokit } from '@octokit/rest';
import type { Forge, ForgeOptions } from '../forge.ts';
import { createSchemaCheck, type SchemaCheck } from '../schema-check/index.ts';
import { startForge } from '../start-forge.ts';
import { receiveWebhooks, type WebhookReceiver } from './webhook-receiver.ts';

/** A forge whose whole traffic is held against GitHub's schemas, with a receiver of its webhooks. */
export interface ForgeUnderTest {
  readonly forge: Forge;
  readonly check: SchemaCheck;
  readonly webhooks: WebhookReceiver;
  /** Operation ids that were answered. */
  readonly answered: ReadonlySet<string>;
  readonly bare: string;
  /** A plain Octokit for a token or App JWT. */
  as(token: string): Octokit;
  appJwt(claims?: Record<string, unknown>): string;
  /** A token of the App's installation, narrowed where permissions are given. */
  installationToken(permissions?: Record<string, 'read' | 'write'>): Promise<string>;
  /** Waits for deliveries, stops everything, and returns what did not fit. */
  close(): Promise<readonly string[]>;
}

export const owner = 'acme';
export const repo = 'widgets';
/** The admin token that tests give where they need that door open. */
export const adminToken = 'let me';

export async function forgeUnderTest(
  options: ForgeOptions & { readonly private?: boolean } = {},
): Promise<ForgeUnderTest> {
  const check = createSchemaCheck();
  const answered = new Set<string>();
  const { private: hidden, ...rest } = options;
  const forge = await startForge({
    ...rest,
    onWebhook: check.onWebhook,
    onExchange: (exchange) => {
      check.onExchange(exchange);
      if (exchange.request.operationId !== null) answered.add(exchange.request.operationId);
    },
  });
  const webhooks = await receiveWebhooks(() => forge.webhookSecret);
  forge.sendWebhooksTo(webhooks.url);
  const { bareRepository } = await forge.createRepository({ owner, name: repo, private: hidden ?? false });
  const as = (token: string) => new Octokit({ baseUrl: forge.api, auth: token, log: silent });
  const jwt = (claims: Record<string, unknown> = {}) => appJwt(forge, claims);
  return {
    forge,
    check,
    webhooks,
    answered,
    bare: bareRepository,
    as,
    appJwt: jwt,
    installationToken: async (permissions) => {
      const made = await as(jwt()).rest.apps.createInstallationAccessToken({
        installation_id: forge.app.installationId,
        ...(permissions === undefined ? {} : { permissions }),
      });
      return made.data.token;
    },
    close: async () => {
      await forge.deliveriesSettled();
      await forge.close();
      await webhooks.close();
      return check.misfits;
    },
  };
}

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** An App JWT, signed with the forge's key. */
export function appJwt(forge: Forge, claims: Record<string, unknown> = {}): string {
  const seconds = Math.floor(Date.now() / 1000);
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const body = { iat: seconds - 30, exp: seconds + 300, iss: forge.app.id, ...claims };
  const text = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(body)}`;
  return `${text}.${createSign('RSA-SHA256').update(text).sign(forge.app.privateKey, 'base64url')}`;
}
