import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import type { Git, GitProcess } from './git-process.ts';
import { holdUp } from './hold-up.ts';

/** Moves refs by one git process that stays, for a process costs more than any move. */
export interface RefMover {
  /** Compare and swap (`expected` all zeros: must not exist). Rejects when git refused, for whatever reason. */
  move(ref: string, to: string, expected: string): Promise<void>;
}

/** A git that nobody asked for so long is let go. */
const idleMs = 2_000;
const answersOfOne = 'start: ok\nprepare: ok\ncommit: ok\n';

/** One `update-ref --stdin`. It ends at the first transaction that fails, so that it is given one at a time. */
class Transactions {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #idle: NodeJS.Timeout;
  #said = '';
  #asked: PromiseWithResolvers<void> | null = null;
  open = true;

  constructor({ child, ended }: GitProcess) {
    this.#child = child;
    const over = (error: unknown): void => this.#end(error);
    ended.then(() => over(new Error('git update-ref ended.')), over);
    child.stdout.setEncoding('latin1').on('data', (piece: string) => this.#take(piece));
    this.#idle = setTimeout(() => this.#letGo(), idleMs).unref();
  }

  run(commands: string): Promise<void> {
    this.#asked = Promise.withResolvers();
    this.#said = '';
    holdUp(this.#child, true);
    this.#idle.refresh();
    this.#child.stdin.write(`start\n${commands}prepare\ncommit\n`);
    return this.#asked.promise;
  }

  #take(piece: string): void {
    this.#said += piece;
    if (this.#said !== answersOfOne) return;
    holdUp(this.#child, false);
    const asked = this.#asked;
    this.#asked = null;
    asked?.resolve();
  }

  #letGo(): void {
    if (this.#asked !== null) return;
    this.open = false;
    this.#child.stdin.end();
  }

  #end(error: unknown): void {
    this.open = false;
    clearTimeout(this.#idle);
    this.#asked?.reject(error);
    this.#asked = null;
  }
}

export function createRefMover(git: Git): RefMover {
  let current: Transactions | null = null;
  let last: Promise<unknown> = Promise.resolve();
  const run = (commands: string): Promise<void> => {
    if (current?.open !== true) current = new Transactions(git.start(['update-ref', '--stdin']));
    return current.run(commands);
  };
  return {
    move(ref, to, expected) {
      const moved = last.then(() => run(`option no-deref\nupdate ${ref} ${to} ${expected}\n`));
      last = moved.catch(() => undefined);
      return moved;
    },
  };
}
