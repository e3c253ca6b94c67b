import type { Json } from '../../render/view.ts';
import { notFound } from '../../server/api-error.ts';
import { type ApiRequest, operation } from '../../server/operation.ts';
import { readPage } from '../../server/pagination.ts';
import type { DeliveryRow } from '../../store/rows.ts';
import { queueDelivery } from '../../webhooks/queue-delivery.ts';
import { idParam } from '../find-in-request.ts';

function summary(row: DeliveryRow): Json {
  return {
    id: row.id,
    guid: row.guid,
    delivered_at: row.delivered_at,
    redelivery: row.redelivery === 1,
    duration: row.duration,
    status: row.status,
    status_code: row.status_code,
    event: row.event,
    action: row.action,
    installation_id: row.installation_id,
    repository_id: row.repository_id,
    throttled_at: null,
  };
}

function deliveryOf(request: ApiRequest): DeliveryRow {
  const row = request.context.store.one<DeliveryRow>(
    "SELECT * FROM delivery_log WHERE id = ? AND state = 'done'",
    idParam(request, 'delivery_id'),
  );
  if (row === undefined) throw notFound();
  return row;
}

export const listDeliveries = operation({
  method: 'GET',
  path: '/app/hook/deliveries',
  operationId: 'apps/list-webhook-deliveries',
  caller: 'app',
  handle: ({ context, query, view }) => {
    const { perPage } = readPage(query);
    const cursor = Number(query.get('cursor') ?? Number.MAX_SAFE_INTEGER);
    const failed = query.get('status') === 'failure' ? 'AND (status_code < 200 OR status_code >= 400)' : '';
    const rows = context.store.all<DeliveryRow>(
      `SELECT * FROM delivery_log WHERE state = 'done' AND id < ? ${failed} ORDER BY id DESC LIMIT ?`,
      Number.isSafeInteger(cursor) ? cursor : Number.MAX_SAFE_INTEGER,
      perPage + 1,
    );
    const shown = rows.slice(0, perPage);
    const next = new URLSearchParams(query);
    next.set('cursor', String(shown.at(-1)?.id));
    const headers =
      rows.length > perPage ? { link: `<${view.api}/app/hook/deliveries?${next}>; rel="next"` } : {};
    return { status: 200, body: shown.map(summary), headers };
  },
});

export const getDelivery = operation({
  method: 'GET',
  path: '/app/hook/deliveries/{delivery_id}',
  operationId: 'apps/get-webhook-delivery',
  caller: 'app',
  handle: (request) => {
    const row = deliveryOf(request);
    return {
      status: 200,
      body: {
        ...summary(row),
        url: row.url ?? '',
        request: { headers: JSON.parse(row.request_headers), payload: JSON.parse(row.payload) },
        response: { headers: JSON.parse(row.response_headers), payload: row.response_body },
      },
    };
  },
});

export const redeliver = operation({
  method: 'POST',
  path: '/app/hook/deliveries/{delivery_id}/attempts',
  operationId: 'apps/redeliver-webhook-delivery',
  caller: 'app',
  handle: (request) => {
    const { context } = request;
    const row = deliveryOf(request);
    queueDelivery(context, row, true);
    return { status: 202, body: {} };
  },
});
