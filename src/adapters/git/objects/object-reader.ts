import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import type { Git, GitProcess } from '../git-process.ts';
import { holdUp } from '../hold-up.ts';

export interface ObjectFacts {
  readonly oid: string;
  readonly kind: string;
  /** Bytes. */
  readonly size: number;
}

/** Answers what objects there are from one git process that stays, for a process costs more than any answer. */
export interface ObjectReader {
  /** What a revision names; null when there is no such object. Rejects with `GitFailed` when git ends. */
  look(revision: string): Promise<ObjectFacts | null>;
  /** An object's bytes. Rejects when there is none. */
  read(oid: string): Promise<Buffer>;
}

interface Question {
  readonly command: string;
  readonly wantsContent: boolean;
  readonly settle: (facts: ObjectFacts | null, content: Buffer) => void;
  readonly fail: (error: unknown) => void;
}

/** A git that nobody asked for so long is let go. */
const idleMs = 2_000;
const lineEnd = 0x0a;
const nothing = Buffer.alloc(0);

/** One `cat-file --batch-command`: it answers in the order it is asked. */
class Conversation {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #asked: Question[] = [];
  readonly #idle: NodeJS.Timeout;
  #pieces: Buffer[] = [];
  #length = 0;
  /** How many bytes must be there before it is worth looking again. */
  #needed = 1;
  open = true;

  constructor({ child, ended }: GitProcess) {
    this.#child = child;
    const over = (error: unknown): void => this.#end(error);
    ended.then(() => over(new Error('git cat-file ended.')), over);
    child.stdout.on('data', (piece: Buffer) => this.#take(piece));
    this.#idle = setTimeout(() => this.#letGo(), idleMs).unref();
  }

  ask(question: Question): void {
    this.#asked.push(question);
    holdUp(this.#child, true);
    this.#idle.refresh();
    this.#child.stdin.write(`${question.command}\0`);
  }

  #letGo(): void {
    if (this.#asked.length > 0) return;
    this.open = false;
    this.#child.stdin.end();
  }

  #end(error: unknown): void {
    this.open = false;
    clearTimeout(this.#idle);
    for (const { fail } of this.#asked.splice(0)) fail(error);
  }

  #take(piece: Buffer): void {
    this.#pieces.push(piece);
    this.#length += piece.length;
    if (this.#length < this.#needed) return;
    let rest = Buffer.concat(this.#pieces, this.#length);
    for (let taken = this.#answer(rest); taken > 0; taken = this.#answer(rest)) rest = rest.subarray(taken);
    this.#pieces = [rest];
    this.#length = rest.length;
    if (this.#asked.length === 0) holdUp(this.#child, false);
  }

  /** Settles the first question if its answer is whole, and gives how long that was. */
  #answer(bytes: Buffer): number {
    const [question] = this.#asked;
    const end = bytes.indexOf(lineEnd);
    this.#needed = 1;
    if (question === undefined || end === -1) return 0;
    const facts = factsOf(bytes.toString('utf8', 0, end));
    const whole = end + 1 + (facts !== null && question.wantsContent ? facts.size + 1 : 0);
    this.#needed = whole;
    if (bytes.length < whole) return 0;
    this.#needed = 1;
    this.#asked.shift();
    const content = question.wantsContent ? Buffer.from(bytes.subarray(end + 1, whole - 1)) : nothing;
    question.settle(facts, content);
    return whole;
  }
}

/** `<oid> <kind> <size>`; `<name> missing` and `<name> ambiguous` are nothing. */
function factsOf(line: string): ObjectFacts | null {
  const [, oid, kind, size] = /^([0-9a-f]{40,64}) (blob|tree|commit|tag) (\d+)$/.exec(line) ?? [];
  return oid && kind ? { oid, kind, size: Number(size) } : null;
}

export function createObjectReader(git: Git): ObjectReader {
  let current: Conversation | null = null;
  const ask = (command: string, wantsContent: boolean): Promise<[ObjectFacts | null, Buffer]> =>
    new Promise((resolve, reject) => {
      if (current?.open !== true)
        current = new Conversation(git.start(['cat-file', '--batch-command', '-z']));
      const settle = (facts: ObjectFacts | null, content: Buffer): void => resolve([facts, content]);
      current.ask({ command, wantsContent, settle, fail: reject });
    });
  // A reader that was killed, or let go just now, is no answer: another one is asked.
  const answer = (command: string, wantsContent: boolean) =>
    ask(command, wantsContent).catch(() => ask(command, wantsContent));
  return {
    async look(revision) {
      // It would be said back, and then the answer could not be told from two.
      if (revision.includes('\n')) return lookOnce(git, revision);
      return (await answer(`info ${revision}`, false))[0];
    },
    async read(oid) {
      const [facts, content] = await answer(`contents ${oid}`, true);
      if (facts === null) throw new Error(`There is no object ${oid}.`);
      return content;
    },
  };
}

async function lookOnce(git: Git, revision: string): Promise<ObjectFacts | null> {
  const { stdout } = await git.run(['cat-file', '--batch-check', '-z'], { input: `${revision}\0` });
  return factsOf(stdout.toString('utf8').trimEnd());
}
