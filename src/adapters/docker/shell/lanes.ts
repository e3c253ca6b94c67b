import type Dockerode from 'dockerode';
import { WorkspaceLost } from '../../../agent/ports/workspace.ts';
import { SandboxFailed } from '../engine/errors.ts';
import { hasEnded } from '../engine/has-ended.ts';
import { killScript } from './kill-script.ts';
import { Lane, type LaneAnswer, type LaneScript, type SectionSink } from './lane.ts';

export interface LaneCallOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** `killed` says why the call was stopped from outside, if it was. */
export type LanesAnswer = LaneAnswer & { readonly killed: 'timeout' | 'abort' | null };

/** How long a killed call may take to answer before its lane is given up. */
const GRACE_MS = 10_000;

/** The lanes of one container: opened when needed, up to a number; each serves one call at a time. */
export class Lanes {
  readonly #container: Dockerode.Container;
  readonly #most: number;
  readonly #idle: Lane[] = [];
  readonly #waiting: (() => void)[] = [];
  #taken = 0;
  #closed = false;

  constructor(container: Dockerode.Container, most = 8) {
    this.#container = container;
    this.#most = most;
  }

  /** Opens `count` lanes ahead of the first call. */
  async warm(count: number): Promise<void> {
    const lanes = await Promise.all(Array.from({ length: count }, () => Lane.open(this.#container)));
    this.#idle.push(...lanes);
  }

  /** Whether a lane waits that can be used at once. */
  get areOpen(): boolean {
    return !this.#closed && this.#idle.some((lane) => lane.isOpen);
  }

  /**
   * Runs shell text in a lane; text alone has its first section begun for it. Rejects with `WorkspaceLost` when the
   * container doesn't run.
   */
  async call(script: string | LaneScript, sink: SectionSink, options: LaneCallOptions): Promise<LanesAnswer> {
    if (options.signal?.aborted) return { status: 'lost', killed: 'abort' };
    const lane = await this.#take();
    try {
      const whole = typeof script === 'string' ? { text: `$next\n${script}` } : script;
      return await this.#callOn(lane, whole, sink, options);
    } finally {
      this.#giveBack(lane);
    }
  }

  close(): void {
    this.#closed = true;
    for (const lane of this.#idle.splice(0)) lane.close();
  }

  async #take(): Promise<Lane> {
    while (this.#taken >= this.#most) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#taken += 1;
    try {
      // In turn: the one that answered last may still be clearing up.
      for (let lane = this.#idle.shift(); lane !== undefined; lane = this.#idle.shift()) {
        if (lane.isOpen) return lane;
      }
      return await this.#openLane();
    } catch (error) {
      this.#leave();
      throw error;
    }
  }

  /** Rejects with `WorkspaceLost` when no shell comes up because the container ended. */
  async #openLane(): Promise<Lane> {
    const lane = await Lane.open(this.#container).catch(async (error: unknown) => {
      if (error instanceof SandboxFailed && (await hasEnded(this.#container))) return null;
      throw error;
    });
    if (lane !== null && !this.#closed) return lane;
    lane?.close();
    throw new WorkspaceLost(this.#container.id);
  }

  #giveBack(lane: Lane): void {
    if (this.#closed) lane.close();
    else if (lane.isOpen) this.#idle.push(lane);
    this.#leave();
  }

  #leave(): void {
    this.#taken -= 1;
    this.#waiting.shift()?.();
  }

  async #callOn(
    lane: Lane,
    script: LaneScript,
    sink: SectionSink,
    options: LaneCallOptions,
  ): Promise<LanesAnswer> {
    let killed: 'timeout' | 'abort' | null = null;
    let grace: NodeJS.Timeout | undefined;
    const stop = (why: 'timeout' | 'abort'): void => {
      killed ??= why;
      grace ??= setTimeout(() => lane.close(), GRACE_MS);
      this.#kill(lane).catch(() => lane.close());
    };
    const timer = setTimeout(() => stop('timeout'), options.timeoutMs);
    const onAbort = (): void => stop('abort');
    options.signal?.addEventListener('abort', onAbort, { once: true });
    try {
      const answer = await lane.call(script, sink);
      // Another shell shows whether the container went away or only this one did.
      if (answer.status === 'lost' && killed === null) this.#idle.push(await this.#openLane());
      return { ...answer, killed };
    } finally {
      clearTimeout(timer);
      clearTimeout(grace);
      options.signal?.removeEventListener('abort', onAbort);
    }
  }

  async #kill(lane: Lane): Promise<void> {
    const exec = await this.#container.exec({ Cmd: ['sh', '-c', killScript(lane.pid)], User: '1000:1000' });
    const stream = await exec.start({ hijack: true });
    stream.resume();
  }
}
