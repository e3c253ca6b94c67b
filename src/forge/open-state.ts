import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ForgeContext } from './context.ts';
import { FaultList } from './faults/fault-list.ts';
import type { ForgeOptions } from './forge.ts';
import { writeHooks } from './git/protection-hook.ts';
import { RateLimits } from './limits/rate-limits.ts';
import { loadIdentity } from './load-identity.ts';
import { Authorizations } from './oauth/authorizations.ts';
import { Store } from './store/store.ts';
import { PageSessions } from './web/session.ts';
import { WebhookQueue } from './webhooks/webhook-queue.ts';

/** A forge without its server: all that a context has but the addresses and who runs workflows. */
export interface ForgeState extends Omit<ForgeContext, 'view' | 'actions'> {
  /** Ends deliveries, closes the store, and removes what was in memory. */
  close(): Promise<void>;
}

/** Opens the folder, or makes a forge in memory with a temporary folder for its repositories. */
export async function openState(options: ForgeOptions): Promise<ForgeState> {
  const temporary = options.folder === undefined ? await mkdtemp(path.join(tmpdir(), 'forge-')) : undefined;
  const folder = path.resolve(temporary ?? options.folder ?? '');
  await mkdir(path.join(folder, 'repositories'), { recursive: true, mode: 0o700 });
  const store = new Store(temporary === undefined ? path.join(folder, 'forge.db') : ':memory:');
  const clock = options.clock ?? (() => new Date());
  const [identity] = await Promise.all([loadIdentity(store, options, clock()), writeHooks(folder)]);
  const { onWebhook, onPush = () => undefined, adminToken, limits } = options;
  const faults = new FaultList();
  const webhooks = new WebhookQueue({
    store,
    appId: identity.id,
    secret: identity.webhookSecret,
    clock,
    faults,
    ...(onWebhook === undefined ? {} : { onWebhook }),
  });
  return {
    store,
    folder,
    identity,
    clock,
    webhooks,
    faults,
    limits: new RateLimits(clock, limits),
    pages: new PageSessions(clock),
    authorizations: new Authorizations(clock),
    adminToken,
    onPush,
    close: async () => {
      await webhooks.close();
      store.close();
      if (temporary !== undefined) await rm(temporary, { recursive: true, force: true });
    },
  };
}
