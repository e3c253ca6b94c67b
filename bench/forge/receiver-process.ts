import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** Takes webhooks in a process of its own, and tells its parent where. */
const server = http.createServer((request, response) => {
  request.resume();
  request.on('end', () => response.end('ok'));
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit(0));
