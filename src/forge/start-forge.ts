import { addUser } from './add-user.ts';
import { makeJobToken } from './auth/job-token.ts';
import type { ForgeContext } from './context.ts';
import { createRepository } from './create-repository.ts';
import { catchUpPulls } from './effects/catch-up-pulls.ts';
import type { Forge, ForgeOptions } from './forge.ts';
import { clientSecretOf } from './oauth/client-secret.ts';
import { type ForgeState, openState } from './open-state.ts';
import { repositoryNamed } from './repository-named.ts';
import { seedCommit } from './seed-commit.ts';
import { type RunningServer, serve } from './server/serve.ts';
import { setWebhookUrl } from './webhooks/set-webhook-url.ts';

/**
 * Starts an embedded GitHub on loopback. A folder that was used before goes on with its ids, key, secret and tokens,
 * and sends what waits as soon as it is told where to.
 * @throws StoreVersionError, or the system's error where the port is taken or the folder can't be written
 */
export async function startForge(options: ForgeOptions = {}): Promise<Forge> {
  const state = await openState(options);
  try {
    return await startServer(state, options);
  } catch (error) {
    await state.close();
    throw error;
  }
}

async function startServer(state: ForgeState, options: ForgeOptions): Promise<Forge> {
  let context: ForgeContext | undefined;
  const server = await serve(options, () => {
    if (context === undefined) throw new Error('the forge is not ready yet');
    return context;
  });
  const html = `http://127.0.0.1:${server.port}`;
  const view = { store: state.store, identity: state.identity, api: `${html}/api/v3`, html };
  const ready = await withActions({ ...state, view }, options);
  await catchUpPulls(ready);
  context = ready;
  await ready.actions?.start();
  return forgeOn(ready, state, server);
}

async function withActions(
  context: Omit<ForgeContext, 'actions'>,
  { actions: options }: ForgeOptions,
): Promise<ForgeContext> {
  if (options === undefined) return { ...context, actions: undefined };
  const { Actions } = await import('./actions/actions.ts');
  return new Actions(context, options).context;
}

function forgeOn(context: ForgeContext, state: ForgeState, server: RunningServer): Forge {
  const { identity, view } = context;
  const { id, slug, privateKey, installationId, clientId } = identity;
  const clientSecret = clientSecretOf(identity);
  return {
    api: view.api,
    html: view.html,
    webhookSecret: identity.webhookSecret,
    app: { id, slug, privateKey, installationId, clientId, clientSecret },
    userToken: identity.userToken,
    createRepository: async ({ seedCommit: seeded, ...input }) => {
      const created = await createRepository(context, input);
      if (seeded === true) await seedCommit(context, created.id);
      return created;
    },
    addUser: async (input) => addUser(context, input),
    makeJobToken: ({ repository, permissions }) =>
      makeJobToken(context, repositoryNamed(context, repository).id, permissions),
    sendWebhooksTo: (url) => setWebhookUrl(context, url),
    pageLink: (login) => `${view.html}/_page/session/${context.pages.makeCode(login)}`,
    fireSchedules: async (at) => context.actions?.fireSchedules(at),
    runsSettled: async () => context.actions?.settled(),
    deliveriesSettled: () => context.webhooks.settled(),
    close: once(async () => {
      await context.actions?.close();
      await server.close();
      await state.close();
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
