import { connect, createServer, type Server, type Socket } from 'node:net';

/** A socket of our own before the real engine's: closing it is what an engine's stop looks like from here. */
export class EngineDoor {
  readonly path: string;
  readonly #engine: string;
  readonly #open = new Set<Socket>();
  #server: Server | null = null;

  constructor(path: string, engine: string) {
    this.path = path;
    this.#engine = engine;
  }

  async open(): Promise<void> {
    if (this.#server !== null) return;
    const server = createServer({ allowHalfOpen: true }, (near) => {
      const far = connect({ path: this.#engine, allowHalfOpen: true });
      for (const socket of [near, far]) {
        this.#open.add(socket);
        socket.on('error', () => socket.destroy()).on('close', () => this.#open.delete(socket));
      }
      near.on('close', () => far.destroy());
      near.pipe(far).pipe(near);
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(this.path, resolve));
  }

  /** Cuts what is connected, and refuses what comes. */
  async shut(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server === null) return;
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of this.#open) socket.destroy();
    await closed;
  }
}
