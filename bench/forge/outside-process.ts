import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { apiClient } from './api-client.ts';

/** What the bench asks: create so many issues in `acme/widgets`, by eight clients at once. */
export interface Order {
  readonly api: string;
  readonly userToken: string;
  readonly issues: number;
}

/** All that is outside the forge, in a process of its own: takes webhooks, and creates issues when it is told to. */
const server = http.createServer((request, response) => {
  request.resume();
  request.on('end', () => response.end('ok'));
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('message', (order: Order) => {
  void create(order).then(
    () => process.send?.('done'),
    (error: Error) => process.send?.(`failed: ${error.message}`),
  );
});
process.on('disconnect', () => process.exit(0));

async function create(order: Order): Promise<void> {
  const client = apiClient(order);
  let left = order.issues;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      const body = { title: `Issue ${left}`, body: 'Text' };
      const status = await client.call('POST', '/repos/acme/widgets/issues', body);
      if (status !== 201) throw new Error(`an issue was answered with ${status}`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  client.close();
}
