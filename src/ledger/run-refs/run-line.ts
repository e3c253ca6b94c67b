import type { StreamId } from '../../domain/event.ts';
import type { OrderParts } from '../../domain/run/order.ts';
import { isUrgentRequest, type RunAnswer, type RunRequest } from '../../domain/run/run-request.ts';
import type { WorkingLedger } from '../assemble-ledger.ts';
import type { Seal } from '../git-refs/seal.ts';
import { LedgerError } from '../ledger-error.ts';
import type { RefStore } from '../ports/ref-store.ts';
import type { NumberedRequest } from '../ports/run-refs.ts';
import { exportHeader } from '../transfer/export-lines.ts';
import { ordersFileNames, readOrdersCommit, runFiles } from './run-commit.ts';
import { ordersRef, runRef } from './run-refs.ts';
import { sessionLines } from './session-lines.ts';

export interface RunLineParts {
  readonly inner: WorkingLedger;
  readonly refs: RefStore;
  readonly order: OrderParts;
  /** For the sessions; `withheld`: they are not pushed. */
  readonly seal: Seal | 'plain' | 'withheld';
  readonly pace: {
    /** How often the answer is looked for while one is waited for, and how often orders are else, in ms. */
    readonly askedMs: number;
    readonly idleMs: number;
    /** How long something may wait that others should see soon, and how long anything else, in ms. */
    readonly soonMs: number;
    readonly longestMs: number;
  };
  /** Hears of a push or a look that failed; it is tried again. */
  readonly onTrouble: (error: unknown) => void;
}

/** The town has taken the refs away, or another attempt of the same run has written them: there is nobody to ask any more. */
export class OrderOver extends Error {
  override readonly name = 'OrderOver';
}

const pushTries = 5;

/** A run's line to the town that ordered it: two refs, of which each side writes one. */
export class RunLine {
  readonly #parts: RunLineParts;
  readonly #pushed = new Map<StreamId, number>();
  readonly #waiting = new Map<number, PromiseWithResolvers<RunAnswer>>();
  readonly #over = Promise.withResolvers<never>();
  #unsent: NumberedRequest[] = [];
  #asked = 0;
  #head: string | null = null;
  #ordersHead: string | null = null;
  #pushing: Promise<void> | null = null;
  #looking: Promise<void> | null = null;
  #pushTimer: NodeJS.Timeout | undefined;
  #pushDue = Number.POSITIVE_INFINITY;
  #lookTimer: NodeJS.Timeout | undefined;
  #closed = false;
  #isOver = false;

  constructor(parts: RunLineParts) {
    this.#parts = parts;
    // Whoever works races against it; it must not count as unhandled before that.
    this.#over.promise.catch(() => undefined);
  }

  /** Rejects with `OrderOver`; never resolves. */
  get over(): Promise<never> {
    return this.#over.promise;
  }

  /** Asks the town for something; resolves with what it says. Rejects with `OrderOver`. */
  ask(request: RunRequest): Promise<RunAnswer> {
    this.#asked += 1;
    const answer = Promise.withResolvers<RunAnswer>();
    this.#unsent.push({ number: this.#asked, request });
    this.#waiting.set(this.#asked, answer);
    this.#pushWithin(isUrgentRequest(request) ? 0 : this.#parts.pace.longestMs);
    this.#lookWithin(this.#parts.pace.askedMs);
    return Promise.race([answer.promise, this.over]);
  }

  /** A session has grown in the working copy; `soon`: by what others may go on from. */
  grown(stream: StreamId, soon: boolean): void {
    if (this.#parts.seal === 'withheld') return;
    if (!this.#pushed.has(stream)) this.#pushed.set(stream, 0);
    const { soonMs, longestMs } = this.#parts.pace;
    this.#pushWithin(soon ? soonMs : longestMs);
  }

  /** Resolves when all that was there at the call is on the remote. */
  async flush(): Promise<void> {
    await this.#pushing;
    if (this.#hasNews() && !this.#isOver) await this.#push();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#lookTimer);
    clearTimeout(this.#pushTimer);
    await this.#looking;
    clearTimeout(this.#lookTimer);
    await this.#pushing;
  }

  #hasNews(): boolean {
    const { inner } = this.#parts;
    return (
      this.#unsent.length > 0 || [...this.#pushed].some(([stream, at]) => inner.head(stream).version > at)
    );
  }

  #pushWithin(delayMs: number): void {
    const due = performance.now() + delayMs;
    if (due >= this.#pushDue || this.#closed) return;
    this.#pushDue = due;
    clearTimeout(this.#pushTimer);
    this.#pushTimer = setTimeout(() => {
      // The push that runs took what was there as it began: what came since needs a time of its own.
      this.#pushDue = Number.POSITIVE_INFINITY;
      this.#push().catch(this.#parts.onTrouble);
    }, delayMs);
  }

  #push(): Promise<void> {
    this.#pushing ??= this.#pushNow().finally(() => {
      this.#pushing = null;
      if (this.#unsent.some(({ request }) => request && isUrgentRequest(request))) this.#pushWithin(0);
      else if (this.#hasNews()) this.#pushWithin(this.#parts.pace.longestMs);
    });
    return this.#pushing;
  }

  async #pushNow(): Promise<void> {
    clearTimeout(this.#pushTimer);
    this.#pushDue = Number.POSITIVE_INFINITY;
    const { inner, refs, order, seal } = this.#parts;
    const ref = runRef(order);
    const requests = [...this.#unsent];
    const { lines, heads } = sessionLines(inner, this.#pushed);
    if (requests.length + lines.length === 0) return;
    const to = await refs.commit({
      parents: this.#head === null ? [] : [this.#head],
      files: runFiles({ requests, lines }, ref, typeof seal === 'object' ? seal : null),
      message: `Run ${ref.slice(ref.lastIndexOf('/') + 1)}\n`,
    });
    await this.#moveTo(ref, to);
    this.#head = to;
    this.#unsent = this.#unsent.filter((one) => !requests.includes(one));
    for (const [stream, version] of heads) this.#pushed.set(stream, version);
  }

  /** Nobody else writes the ref: where it stands elsewhere, another attempt of the same run did. */
  async #moveTo(ref: string, to: string): Promise<void> {
    let reason = '';
    for (let tries = 1; tries <= pushTries; tries += 1) {
      const outcome = await this.#tryPush(ref, to);
      if (outcome.status === 'pushed') return;
      reason = outcome.reason;
      const at = (await this.#parts.refs.list(ref)).get(ref) ?? null;
      if (at === to) return;
      if (at !== this.#head) throw this.#end(`${ref} is not where this run left it.`);
    }
    throw new LedgerError({ kind: 'push-refused', refs: [ref], reason, tries: pushTries });
  }

  async #tryPush(ref: string, to: string): ReturnType<RefStore['push']> {
    try {
      return await this.#parts.refs.push([{ ref, from: this.#head, to }]);
    } catch (error) {
      // Whether it arrived is asked next; where that can't be asked either, that is what is heard.
      return { status: 'rejected', reason: error instanceof Error ? error.message : String(error) };
    }
  }

  #lookWithin(delayMs: number): void {
    if (this.#closed) return;
    clearTimeout(this.#lookTimer);
    this.#lookTimer = setTimeout(() => {
      this.#looking ??= this.#look()
        .catch(this.#parts.onTrouble)
        .finally(() => {
          this.#looking = null;
          const { askedMs, idleMs } = this.#parts.pace;
          this.#lookWithin(this.#waiting.size > 0 ? askedMs : idleMs);
        });
    }, delayMs);
  }

  async #look(): Promise<void> {
    const { refs, order, inner } = this.#parts;
    const ref = ordersRef(order);
    const seen = (await refs.list(ref)).get(ref) ?? null;
    if (seen === this.#ordersHead) return;
    const at = (await refs.fetch([ref])).get(ref) ?? null;
    if (at === null) throw this.#end(`${ref} is gone: the town has no use for this run any more.`);
    const additions = (await refs.chain(at, this.#ordersHead, ordersFileNames)).map(readOrdersCommit);
    const lines = additions.flatMap((addition) => addition.lines);
    if (lines.length > 0) await inner.takeIn([exportHeader, ...lines]);
    this.#ordersHead = at;
    for (const answer of additions.flatMap(({ answers }) => answers)) {
      this.#waiting.get(answer.number)?.resolve(answer);
      this.#waiting.delete(answer.number);
    }
  }

  #end(message: string): OrderOver {
    const over = new OrderOver(message);
    this.#isOver = true;
    this.#over.reject(over);
    this.#closed = true;
    return over;
  }
}
