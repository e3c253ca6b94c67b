import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { httpFetch } from './http-fetch.ts';

/** A server on loopback, and how many connections it was asked for. */
async function serve(listener: RequestListener) {
  const server = createServer(listener);
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, connections: () => connections };
}

const events: RequestListener = (_request, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'x-request-id': 'one' });
  response.write('data: 1\n\n');
  setImmediate(() => response.end('data: [DONE]\n\n'));
};

async function firstPiece(response: Response): Promise<string> {
  for await (const piece of response.body ?? []) return Buffer.from(piece).toString();
  return '';
}

test('whoever has read enough leaves the connection for the next request', async () => {
  const { url, connections } = await serve(events);
  for (let at = 0; at < 3; at += 1) {
    const response = await httpFetch(url, { method: 'POST', body: 'x' });
    expect(response.headers.get('x-request-id')).toBe('one');
    expect(await firstPiece(response)).toContain('data: 1\n\n');
    // The rest comes by itself.
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(connections()).toBe(1);
});

test('what is sent arrives whole, and what is no stream comes as it is', async () => {
  const { url } = await serve(async (request, response) => {
    let body = '';
    for await (const piece of request) body += String(piece);
    response.writeHead(429, { 'retry-after': '3' });
    response.end(JSON.stringify({ method: request.method, key: request.headers.authorization, body }));
  });
  const headers = new Headers({ authorization: 'Bearer x' });
  const response = await httpFetch(url, { method: 'POST', headers, body: 'żółw' });
  expect(response.status).toBe(429);
  expect(response.headers.get('retry-after')).toBe('3');
  expect(await response.json()).toEqual({ method: 'POST', key: 'Bearer x', body: 'żółw' });
});

test('a redirect is followed', async () => {
  const { url } = await serve((request, response) => {
    if (request.url === '/there') response.end('found');
    else response.writeHead(307, { location: '/there' }).end();
  });
  expect(await (await httpFetch(`${url}/here`, { method: 'POST', body: 'x' })).text()).toBe('found');
});

test('an abort ends a request, a body that is read, and nothing that is over', async () => {
  const { url } = await serve((request, response) => {
    if (request.url === '/never') return;
    if (request.url === '/whole') return void events(request, response);
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n');
  });
  const stop = () => {
    const controller = new AbortController();
    return { signal: controller.signal, abort: () => controller.abort() };
  };
  const never = stop();
  const asked = httpFetch(`${url}/never`, { signal: never.signal });
  never.abort();
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  const half = stop();
  const response = await httpFetch(`${url}/half`, { signal: half.signal });
  const reading = (async () => {
    for await (const _ of response.body ?? []) half.abort();
  })();
  await expect(reading).rejects.toThrow();
  const whole = stop();
  const over = await httpFetch(`${url}/whole`, { signal: whole.signal });
  for await (const _ of over.body ?? []);
  whole.abort();
  await expect(httpFetch(url, { signal: whole.signal })).rejects.toMatchObject({ name: 'AbortError' });
});

test('a connection that was closed while it waited costs another one', async () => {
  let asked = 0;
  const { url, connections } = await serve((request, response) => {
    asked += 1;
    if (asked % 2 === 1) response.end('x');
    else request.socket.resetAndDestroy();
  });
  for (let at = 0; at < 3; at += 1) expect(await (await httpFetch(url)).text()).toBe('x');
  expect(connections()).toBe(3);
});
