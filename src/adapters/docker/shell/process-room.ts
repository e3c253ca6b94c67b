import type Dockerode from 'dockerode';
import { engineCall } from '../engine/engine-call.ts';
import { engineExec } from '../engine/engine-exec.ts';
import { SandboxFailed } from '../engine/errors.ts';

/** What the engine needs to start one shell, with a margin: its own starter, which becomes the shell, has several threads. */
const ROOM = 64;
const PATIENCE_MS = 10_000;

/**
 * The town's way into a container whose processes may have used up all that it may have: their limit is raised for as
 * long as the town's own take to start.
 */
export class ProcessRoom {
  readonly #container: Dockerode.Container;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(container: Dockerode.Container) {
    this.#container = container;
  }

  /** Does `work` while the container may have some more processes than its limit; one after the other. */
  during<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(() => this.#raised(work));
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  /** Runs shell text in a process of its own, with room made for it where there is none. Rejects with `SandboxFailed`. */
  async run(script: string): Promise<void> {
    if (!(await this.#ran(script))) await this.during(() => this.runInside(script));
  }

  /** The same for `work` that has room already. */
  async runInside(script: string): Promise<void> {
    if (await this.#ran(script)) return;
    const reason = 'no process could be started there';
    throw new SandboxFailed({ doing: 'running a script in a container', status: null, reason });
  }

  async #ran(script: string): Promise<boolean> {
    const command = ['sh', '-c', script];
    const ended = await engineExec(this.#container, {
      command,
      env: [],
      timeoutMs: PATIENCE_MS,
      onOutput: () => undefined,
    });
    return ended.exitCode === 0;
  }

  async #raised<T>(work: () => Promise<T>): Promise<T> {
    const { HostConfig } = await engineCall('looking at a container', () => this.#container.inspect());
    const limit = HostConfig.PidsLimit ?? 0;
    if (limit <= 0) return work();
    await this.#limit(limit + ROOM);
    try {
      return await work();
    } finally {
      await this.#limit(limit);
    }
  }

  #limit(PidsLimit: number): Promise<unknown> {
    return engineCall('limiting the processes of a container', () => this.#container.update({ PidsLimit }));
  }
}
