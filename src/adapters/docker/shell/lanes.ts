import type Dockerode from 'dockerode';
import { WorkspaceLost } from '../../../agent/ports/workspace.ts';
import { engineCallOrNull } from '../engine/engine-call.ts';
import { SandboxFailed } from '../engine/errors.ts';
import { hasEnded } from '../engine/has-ended.ts';
import { killAllBut, killCallOf } from './kill-script.ts';
import { Lane, type LaneAnswer, type LaneScript, type SectionSink } from './lane.ts';
import { ProcessRoom } from './process-room.ts';

export interface LaneCallOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** `killed` says why the call was stopped from outside, if it was. */
export type LanesAnswer = LaneAnswer & { readonly killed: 'timeout' | 'abort' | null };

/** How long a killed call may take to answer before its lane is given up. */
const GRACE_MS = 10_000;
/** How long a shell that has nothing to do may take to kill what another one runs. */
const SPARE_MS = 3_000;
/** How often a shell is asked of a container whose processes leave room for none. */
const TRIES = 3;

/** The lanes of one container: opened when needed, up to a number; each serves one call at a time. */
export class Lanes {
  readonly #container: Dockerode.Container;
  readonly #room: ProcessRoom;
  readonly #most: number;
  readonly #lanes = new Set<Lane>();
  readonly #idle: Lane[] = [];
  readonly #waiting: (() => void)[] = [];
  #taken = 0;
  #closed = false;

  constructor(container: Dockerode.Container, opened: readonly Lane[] = [], most = 8) {
    this.#container = container;
    this.#room = new ProcessRoom(container);
    this.#most = most;
    this.#idle.push(...opened);
    for (const lane of opened) this.#lanes.add(lane);
  }

  /** Starts a container made with `firstLane(farewell)`. Rejects as `Lane.start` does. */
  static async start(container: Dockerode.Container, farewell: string): Promise<Lanes> {
    return new Lanes(container, [await Lane.start(container, farewell)]);
  }

  /** Sees to it that `count` lanes are open ahead of the first call. */
  async warm(count: number): Promise<void> {
    const missing = Math.max(0, count - this.#idle.length);
    this.#idle.push(...(await Promise.all(Array.from({ length: missing }, () => this.#newLane()))));
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

  async #newLane(): Promise<Lane> {
    const lane = await Lane.open(this.#container);
    this.#lanes.add(lane);
    return lane;
  }

  /** Rejects with `WorkspaceLost` when no shell comes up: the container ended, or what runs in it leaves room for none. */
  async #openLane(): Promise<Lane> {
    const lane = await this.#newLane().catch((error: unknown) => this.#openAgain(error));
    if (lane !== null && !this.#closed) return lane;
    lane?.close();
    throw new WorkspaceLost(this.#container.id);
  }

  /** Kills all that commands have left running, and asks for a shell once more. Null when there is none to be had. */
  async #openAgain(refused: unknown): Promise<Lane | null> {
    if (!(refused instanceof SandboxFailed)) throw refused;
    if (await hasEnded(this.#container)) return null;
    // The engine itself refused: that says nothing about what runs in the container.
    if (refused.status !== null) throw refused;
    const lane = await this.#room.during(async () => {
      for (let tries = 0; tries < TRIES; tries += 1) {
        const opened = await this.#openCleared().catch(noShell);
        if (opened !== null) return opened;
      }
      return null;
    });
    // Nobody gets in any more, so what runs there must not go on.
    if (lane === null) {
      await engineCallOrNull('stopping a container', () => this.#container.kill(), [409]);
    }
    return lane;
  }

  async #openCleared(): Promise<Lane> {
    const ours = [...this.#lanes].filter((lane) => lane.isOpen).map((lane) => lane.pid);
    await this.#room.runInside(killAllBut(ours));
    return this.#newLane();
  }

  #giveBack(lane: Lane): void {
    this.#putAside(lane);
    this.#leave();
  }

  #putAside(lane: Lane): void {
    if (this.#closed) lane.close();
    if (lane.isOpen) this.#idle.push(lane);
    else this.#lanes.delete(lane);
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
    let killing: Promise<void> = Promise.resolve();
    const stop = (why: 'timeout' | 'abort'): void => {
      if (killed !== null) return;
      killed = why;
      const late = Promise.withResolvers<void>();
      grace = setTimeout(() => {
        lane.close();
        late.resolve();
      }, GRACE_MS);
      killing = Promise.race([this.#kill(lane).catch(() => lane.close()), late.promise]);
    };
    const timer = setTimeout(() => stop('timeout'), options.timeoutMs);
    const onAbort = (): void => stop('abort');
    options.signal?.addEventListener('abort', onAbort, { once: true });
    try {
      const answer = await lane.call(script, sink);
      await killing;
      // Another shell shows whether the container went away or only this one did.
      if (answer.status === 'lost' && killed === null) this.#idle.push(await this.#openLane());
      return { ...answer, killed };
    } finally {
      clearTimeout(timer);
      clearTimeout(grace);
      options.signal?.removeEventListener('abort', onAbort);
    }
  }

  /** Where a shell is open that has nothing to do, it kills, as it needs no process for that; else one of its own does. */
  async #kill(lane: Lane): Promise<void> {
    const script = killCallOf(lane.pid);
    const spare = this.#idle.shift();
    if (spare === undefined) return this.#room.run(script);
    const patience = setTimeout(() => spare.close(), SPARE_MS);
    const { status } = await spare.call({ text: script }, () => undefined);
    clearTimeout(patience);
    this.#putAside(spare);
    if (status === 'lost') await this.#room.run(script);
  }
}

/** Null for what a container says that has no room for a shell; all else is thrown on. */
function noShell(error: unknown): null {
  if (error instanceof SandboxFailed && error.status === null) return null;
  throw error;
}
