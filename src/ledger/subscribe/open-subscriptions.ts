import type { SubscribeRequest, Subscription } from '../ports/ledger.ts';
import { type OpenSubscription, openSubscription, type SubscriptionSource } from './open-subscription.ts';

/** All subscriptions of one open ledger. */
export interface Subscriptions {
  open(request: SubscribeRequest): Subscription;
  /** The log now ends at `lastPosition`. */
  wake(lastPosition: number): void;
  close(): Promise<void>;
}

export function openSubscriptions(source: SubscriptionSource): Subscriptions {
  const all = new Set<OpenSubscription>();
  let wokenAt = source.lastPosition();
  return {
    open(request) {
      const subscription = openSubscription(source, request);
      all.add(subscription);
      return {
        caughtUp: subscription.caughtUp,
        async close() {
          all.delete(subscription);
          await subscription.close();
        },
      };
    },
    wake(lastPosition) {
      if (lastPosition === wokenAt) return;
      wokenAt = lastPosition;
      for (const subscription of all) subscription.wake();
    },
    async close() {
      const open = [...all];
      all.clear();
      for (const subscription of open) await subscription.close();
    },
  };
}
