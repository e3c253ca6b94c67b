import type { Octokit } from '@octokit/rest';
import type { HookAttempt, HookDeliveries } from '../../town/ports/hook-deliveries.ts';
import { call } from './call.ts';

const pagesMax = 30;

/** The App's own log of webhooks, read and repeated with the App's own identity (a JWT), not an installation's. */
export function hookDeliveries(app: Octokit): HookDeliveries {
  return {
    since: (time) =>
      call('apps/list-webhook-deliveries', async () => {
        const found: HookAttempt[] = [];
        let pages = 0;
        const listing = app.paginate.iterator(app.rest.apps.listWebhookDeliveries, { per_page: 100 });
        for await (const { data } of listing) {
          for (const one of data) {
            if (Date.parse(one.delivered_at) < time.getTime()) return found;
            const taken = one.status_code >= 200 && one.status_code < 300;
            found.push({ id: one.id, guid: one.guid, taken, at: one.delivered_at });
          }
          pages += 1;
          if (pages >= pagesMax) break;
        }
        return found;
      }),
    sendAgain: (delivery_id) =>
      call('apps/redeliver-webhook-delivery', async () => {
        await app.rest.apps.redeliverWebhookDelivery({ delivery_id });
      }),
  };
}
