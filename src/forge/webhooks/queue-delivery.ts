import type { ForgeContext } from '../context.ts';
import type { QueuedDeliveryRow } from '../store/rows.ts';

/** Stores a delivery after all that were stored before it, and wakes who sends them. */
export function queueDelivery(
  context: ForgeContext,
  delivery: Omit<QueuedDeliveryRow, 'id' | 'redelivery'>,
  redelivery: boolean,
): void {
  const { store } = context;
  store.transaction(() => {
    const { id } = store.run(
      `INSERT INTO deliveries (guid, event, action, repository_id, installation_id, payload, redelivery, queued_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      delivery.guid,
      delivery.event,
      delivery.action,
      delivery.repository_id,
      delivery.installation_id,
      delivery.payload,
      redelivery ? 1 : 0,
      context.clock().toISOString(),
    );
    store.run('INSERT INTO delivery_queue (delivery_id) VALUES (?)', id);
  });
  context.webhooks.wake();
}
