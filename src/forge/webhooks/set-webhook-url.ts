import type { ForgeContext } from '../context.ts';
import { emitToApp } from './emit.ts';

/** Sets the App's webhook URL; a URL that it did not have is sent GitHub's `ping`. What waits goes there too. */
export function setWebhookUrl(context: ForgeContext, url: string): void {
  const { store, identity } = context;
  const address = new URL(url).href;
  const known = store.one<{ value: string }>("SELECT value FROM settings WHERE key = 'webhook_url'");
  context.webhooks.sendTo(address);
  if (known?.value === address) return;
  store.run(
    "INSERT INTO settings (key, value) VALUES ('webhook_url', ?) ON CONFLICT DO UPDATE SET value = excluded.value",
    address,
  );
  emitToApp(context, 'ping', null, {
    zen: 'Keep it logically awesome.',
    hook_id: identity.id,
    hook: {
      type: 'App',
      id: identity.id,
      name: 'web',
      active: true,
      app_id: identity.id,
      events: identity.events,
      config: { content_type: 'json', insecure_ssl: '0', secret: '********', url: address },
      created_at: identity.createdAt,
      updated_at: identity.createdAt,
      deliveries_url: `${context.view.api}/app/hook/deliveries`,
    },
  });
}
