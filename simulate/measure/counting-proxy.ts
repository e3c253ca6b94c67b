import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request that went through, as a client saw it. */
export interface Seen {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly status: number;
  /** Bytes of the answer's body. */
  readonly bytes: number;
}

export interface CountingProxy {
  readonly root: string;
  /** What was answered so far, in order. */
  seen(): readonly Seen[];
  /** Resolves once that many of the requests seen are of this kind. */
  until(is: (seen: Seen) => boolean, times: number): Promise<void>;
  close(): Promise<void>;
}

/** Stands between clients and a server on loopback, changes nothing and remembers every request. */
export async function countingProxy(target: string): Promise<CountingProxy> {
  const seen: Seen[] = [];
  const waiting = new Set<() => void>();
  const { hostname, port } = new URL(target);
  const server = http.createServer((request, response) => {
    const { method = '', url: path = '', headers } = request;
    const onward = http.request({ hostname, port, method, path, headers, agent: false }, (answer) => {
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      answer.on('end', () => {
        seen.push({ method, path, status: answer.statusCode ?? 0, bytes });
        for (const look of waiting) look();
      });
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    // The server hung up: so does this, and the client sees what it would have seen.
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    root: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen: () => seen,
    until(is, times) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const look = (): void => {
        if (seen.filter(is).length >= times) resolve();
      };
      waiting.add(look);
      look();
      return promise.finally(() => waiting.delete(look));
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
