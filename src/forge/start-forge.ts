import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { addUser } from './add-user.ts';
import type { ForgeContext } from './context.ts';
import { createRepository } from './create-repository.ts';
import { catchUpPulls } from './effects/catch-up-pulls.ts';
import { FaultList } from './faults/fault-list.ts';
import type { Forge, ForgeOptions } from './forge.ts';
import { writeHooks } from './git/protection-hook.ts';
import { RateLimits } from './limits/rate-limits.ts';
import { loadIdentity } from './load-identity.ts';
import { seedCommit } from './seed-commit.ts';
import { serve } from './server/serve.ts';
import { Store } from './store/store.ts';
import { PageSessions } from './web/session.ts';
import { setWebhookUrl } from './webhooks/set-webhook-url.ts';
import { WebhookQueue } from './webhooks/webhook-queue.ts';

/**
 * Starts an embedded GitHub on loopback. A folder that was used before goes on with its ids, key, secret and tokens,
 * and sends what waits as soon as it is told where to.
 */
export async function startForge(options: ForgeOptions = {}): Promise<Forge> {
  const temporary = options.folder === undefined ? await mkdtemp(path.join(tmpdir(), 'forge-')) : undefined;
  const folder = path.resolve(temporary ?? options.folder ?? '');
  await mkdir(path.join(folder, 'repositories'), { recursive: true, mode: 0o700 });
  await writeHooks(folder);
  const store = new Store(temporary === undefined ? path.join(folder, 'forge.db') : ':memory:');
  const clock = options.clock ?? (() => new Date());
  const identity = loadIdentity(store, options, clock());
  const { id: appId, webhookSecret: secret } = identity;
  const { onWebhook, adminToken } = options;
  const faults = new FaultList();
  const pages = new PageSessions(clock);
  const limits = new RateLimits(clock, options.limits);
  const webhooks = new WebhookQueue({
    store,
    appId,
    secret,
    clock,
    faults,
    ...(onWebhook === undefined ? {} : { onWebhook }),
  });
  let context: ForgeContext | undefined;
  const server = await serve(options, () => {
    if (context === undefined) throw new Error('the forge is not ready yet');
    return context;
  });
  const html = `http://127.0.0.1:${server.port}`;
  const api = `${html}/api/v3`;
  const ready: ForgeContext = {
    store,
    folder,
    identity,
    clock,
    webhooks,
    faults,
    limits,
    pages,
    adminToken,
    view: { store, identity, api, html },
  };
  await catchUpPulls(ready);
  context = ready;
  return {
    api,
    html,
    webhookSecret: secret,
    app: {
      id: identity.id,
      slug: identity.slug,
      privateKey: identity.privateKey,
      installationId: identity.installationId,
    },
    userToken: identity.userToken,
    createRepository: async ({ seedCommit: seeded, ...input }) => {
      const created = await createRepository(ready, input);
      if (seeded === true) await seedCommit(ready, created.id);
      return created;
    },
    addUser: async (input) => addUser(ready, input),
    sendWebhooksTo: (url) => setWebhookUrl(ready, url),
    pageLink: () => `${html}/_page/session/${pages.makeCode()}`,
    deliveriesSettled: () => webhooks.settled(),
    close: once(async () => {
      await server.close();
      await webhooks.close();
      store.close();
      if (temporary !== undefined) await rm(temporary, { recursive: true, force: true });
    }),
  };
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}
