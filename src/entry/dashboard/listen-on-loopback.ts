import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CannotRun } from '../../faces/cli/cannot-run.ts';

export interface Listening {
  /** `http://127.0.0.1:PORT`. */
  readonly root: string;
  close(): Promise<void>;
}

/** Starts a server that only this machine can reach; port 0 takes a free one. Rejects with `CannotRun` where the port is taken. */
export async function listenOnLoopback(server: Server, port: number): Promise<Listening> {
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  } catch (error) {
    if (Object(error).code !== 'EADDRINUSE') throw error;
    throw new CannotRun('usage', `Port ${port} is taken: name another.`, { cause: error });
  }
  return {
    root: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
