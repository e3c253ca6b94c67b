import { createHmac, timingSafeEqual } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly event: string;
  readonly guid: string;
  readonly signed: boolean;
  readonly payload: Record<string, unknown>;
}

export interface WebhookReceiver {
  readonly url: string;
  readonly received: Received[];
  /** What the next deliveries are answered with. */
  answer: number;
  /** `event.action` of everything received. */
  names(): string[];
  close(): Promise<void>;
}

/** A webhook receiver on loopback that checks each signature over the raw body. */
export async function receiveWebhooks(secret: () => string): Promise<WebhookReceiver> {
  const received: Received[] = [];
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const expected = `sha256=${createHmac('sha256', secret()).update(body).digest('hex')}`;
    const given = String(request.headers['x-hub-signature-256']);
    received.push({
      event: String(request.headers['x-github-event']),
      guid: String(request.headers['x-github-delivery']),
      signed: given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected)),
      payload: JSON.parse(body.toString()) as Record<string, unknown>,
    });
    response.writeHead(receiver.answer).end('ok');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const receiver: WebhookReceiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    received,
    answer: 200,
    names: () =>
      received.map(({ event, payload }) =>
        typeof payload.action === 'string' ? `${event}.${payload.action}` : event,
      ),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return receiver;
}
