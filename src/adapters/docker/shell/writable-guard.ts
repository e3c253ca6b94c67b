import type Dockerode from 'dockerode';
import { z } from 'zod';
import { engineCall } from '../engine/engine-call.ts';

const EVERY_MS = 1000;
const sized = z.object({ SizeRw: z.number().optional() });

/** What a container has written over its image, as the engine counts it. */
async function writtenBytes(docker: Dockerode, id: string): Promise<number> {
  const [facts] = await engineCall('measuring a container', () =>
    docker.listContainers({ all: true, size: true, filters: { id: [id] } }),
  );
  return sized.parse(facts ?? {}).SizeRw ?? 0;
}

/**
 * Looks every second at what a container has written while a call runs in it, for engines that can't limit it themselves,
 * and aborts its signal when that is too much.
 */
export class WritableGuard {
  readonly #docker: Dockerode;
  readonly #id: string;
  readonly #maxBytes: number;
  readonly #controller = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(docker: Dockerode, id: string, maxBytes: number) {
    this.#docker = docker;
    this.#id = id;
    this.#maxBytes = maxBytes;
    this.#lookLater();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #lookLater(): void {
    if (!this.#stopped) this.#timer = setTimeout(() => this.#look(), EVERY_MS);
  }

  #look(): void {
    writtenBytes(this.#docker, this.#id).then(
      (bytes) => {
        if (bytes > this.#maxBytes) this.#controller.abort();
        else this.#lookLater();
      },
      // An engine that is away ends the call itself, by its streams.
      () => this.#lookLater(),
    );
  }
}
