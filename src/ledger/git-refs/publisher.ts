import type { RecordedEvent, StreamId } from '../../domain/event.ts';
import type { WorkingLedger } from '../assemble-ledger.ts';
import { LedgerError } from '../ledger-error.ts';
import type { EventTypes } from '../log/encode-data.ts';
import type { RefStore } from '../ports/ref-store.ts';
import { exportHeader } from '../transfer/export-lines.ts';
import { CarriedRefs } from './carried-refs.ts';
import { compactStream } from './compact-stream.ts';
import type { Draft } from './drafts.ts';
import { type Proposal, planOf, withoutWaiting } from './proposal.ts';
import { pushOrFindOut } from './push-or-find-out.ts';
import type { RemoteHeads } from './remote-heads.ts';
import type { Seal } from './seal.ts';
import { hasKey, SoftDrafts } from './soft-drafts.ts';
import { hasOneWriter } from './stream-refs.ts';
import type { Turns } from './turns.ts';
import { type Addition, writeAddition } from './write-addition.ts';

/** What one push is to add to a stream. */
interface Plan {
  readonly drafts: Draft[];
  readonly soft: readonly Draft[];
  readonly proposals: [Proposal, Draft][];
}

export interface PublisherParts {
  readonly inner: WorkingLedger;
  readonly refs: RefStore;
  readonly heads: RemoteHeads;
  readonly types: EventTypes;
  /** A push takes one: what it stands on may not move under it. */
  readonly turns: Turns;
  /** For streams of one writer; `withheld`: they are never pushed. */
  readonly seal: Seal | 'plain' | 'withheld';
  /** How long something may wait that others should see soon, and how long anything else, in ms. */
  readonly pace: { readonly soonMs: number; readonly longestMs: number };
  /** How many commits a stream may take to read before they are replaced by one. */
  readonly commitsMax: number;
  /** Waits after so many pushes in a row for which another was first, so that who lost together doesn't meet again. */
  readonly afterLost?: (losses: number) => Promise<void>;
  /** Hears of a push in the background that failed; it is tried again with the next one. */
  readonly onTrouble: (error: unknown) => void;
}

/** Others can be first this often before it is given up; each time there was another append that won. */
const triesMax = 100;

/** A remote that refuses although nobody was first is asked this often: two pushes may meet in the same moment. */
const inVainMax = 5;

/**
 * Pushes what waits: one push at a time, and everything that came meanwhile goes with the next one. When another runner
 * was first, its events are fetched, soft events are numbered anew and proposals decide anew.
 */
export class Publisher {
  readonly #parts: PublisherParts;
  readonly #soft: SoftDrafts;
  readonly #carried: CarriedRefs;
  readonly #contents = new Set<string>();
  readonly #written = new Set<StreamId>();
  readonly #inFlight = new Set<StreamId>();
  #waiting: Proposal[] = [];
  #running: Promise<void> | null = null;
  /** Somebody waits for all that is here to be on the remote, or its time has come. */
  #isDue = false;
  #timer: NodeJS.Timeout | null = null;
  #due = Number.POSITIVE_INFINITY;
  #pushes = 0;

  constructor(parts: PublisherParts) {
    this.#parts = parts;
    this.#soft = new SoftDrafts(parts);
    this.#carried = new CarriedRefs(parts.refs);
  }

  /** How often something was pushed. */
  get pushes(): number {
    return this.#pushes;
  }

  /** What a stream's soft events look like after what the working copy holds of it. */
  tail(stream: StreamId): readonly RecordedEvent[] {
    return this.#soft.tail(stream);
  }

  /** Whether an append under this key is acknowledged, but not yet on the remote. */
  isSoftKey(stream: StreamId, key: string | undefined): boolean {
    return this.#soft.hasKey(stream, key);
  }

  /** Whether an append to a stream is on its way: what comes after it is decided after it. */
  isBusy(stream: StreamId): boolean {
    return this.#waiting.some((one) => one.stream === stream) || this.#inFlight.has(stream);
  }

  propose(proposal: Proposal): void {
    this.#waiting.push(proposal);
    this.#startUnasked();
  }

  addSoft(stream: StreamId, draft: Draft): void {
    this.#soft.add(stream, draft);
    this.#schedule(this.#parts.pace.longestMs);
  }

  /** A stream of one writer has grown in the working copy; `soon`: by what others may go on from. */
  grown(stream: StreamId, soon: boolean): void {
    if (hasOneWriter(stream) && this.#parts.seal === 'withheld') return;
    this.#written.add(stream);
    const { soonMs, longestMs } = this.#parts.pace;
    this.#schedule(soon ? soonMs : longestMs);
  }

  /** A content that the next push takes along. */
  addContent(hash: string): void {
    this.#contents.add(hash);
  }

  /** A ref that is no stream's goes with the next push. */
  carry(ref: string, to: string): void {
    this.#carried.add(ref, to);
    this.#schedule(this.#parts.pace.longestMs);
  }

  /** Resolves when everything that was there at the call is on the remote. Rejects where it could not be pushed. */
  async flush(): Promise<void> {
    await this.#running;
    while (this.#hasWork()) {
      this.#isDue = true;
      await this.#start();
    }
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#due = Number.POSITIVE_INFINITY;
  }

  #hasWork(): boolean {
    const waiting = this.#waiting.length + this.#soft.size + this.#written.size;
    return waiting + this.#carried.size > 0;
  }

  #schedule(delayMs: number): void {
    const due = performance.now() + delayMs;
    if (due >= this.#due) return;
    this.stop();
    this.#due = due;
    this.#timer = setTimeout(() => {
      this.#isDue = true;
      this.#startUnasked();
    }, delayMs);
  }

  /** One push, or the one that runs. What is proposed in this turn of the event loop shares it. */
  #start(): Promise<void> {
    this.#running ??= new Promise<void>((resolve) => setImmediate(resolve))
      .then(() => this.#parts.turns.take(() => this.#round()))
      .finally(() => {
        this.#running = null;
        // What became due during the push may not have been in it.
        if (this.#waiting.length > 0 || this.#isDue) this.#startUnasked();
      });
    return this.#running;
  }

  #startUnasked(): void {
    this.#start().catch(this.#parts.onTrouble);
  }

  async #round(): Promise<void> {
    const proposals = withoutWaiting(this.#waiting, this.#soft);
    this.#waiting = [];
    if (proposals.length === 0 && !this.#isDue) {
      if (this.#soft.size > 0) this.#schedule(this.#parts.pace.longestMs);
      return;
    }
    this.stop();
    this.#isDue = false;
    for (const { stream } of proposals) this.#inFlight.add(stream);
    try {
      await this.#publish(proposals);
    } catch (error) {
      for (const proposal of proposals) proposal.failed(error);
      if (this.#hasWork()) this.#schedule(this.#parts.pace.longestMs);
      if (proposals.length === 0) throw error;
    } finally {
      this.#inFlight.clear();
    }
  }

  async #publish(proposals: readonly Proposal[]): Promise<void> {
    let inVain = 0;
    for (let tries = 1; ; tries += 1) {
      const additions = await this.#additions(proposals);
      const carried = this.#carried.moves();
      const streams = additions.map(({ stream }) => stream);
      const moves = [...additions.map(({ move }) => move), ...carried];
      if (moves.length === 0) return;
      const outcome = await pushOrFindOut(this.#parts, streams, moves);
      this.#pushes += 1;
      if (outcome.status === 'pushed') {
        this.#carried.landed(carried);
        await this.#takeIn(additions);
        await this.#compact(additions);
        return;
      }
      await this.#parts.afterLost?.(tries);
      const carriedMoved = await this.#carried.lookAgain();
      const moved = await this.#foldAgain(streams);
      inVain = moved || carriedMoved ? 0 : inVain + 1;
      if (tries === triesMax || inVain === inVainMax) {
        const refs = moves.map(({ ref }) => ref);
        throw new LedgerError({ kind: 'push-refused', refs, reason: outcome.reason, tries });
      }
    }
  }

  async #compact(additions: readonly Addition[]): Promise<void> {
    for (const { stream, head } of additions) {
      if (head.commits <= this.#parts.commitsMax) continue;
      this.#pushes += 1;
      await compactStream(this.#parts, stream);
    }
  }

  /** Whether there was anything new. */
  async #foldAgain(streams: readonly StreamId[]): Promise<boolean> {
    const { heads } = this.#parts;
    const before = streams.map((stream) => heads.of(stream)?.oid);
    await heads.fold(streams);
    return streams.some((stream, index) => heads.of(stream)?.oid !== before[index]);
  }

  /** What is to be pushed of each stream now, each with the commit that holds it. */
  async #additions(proposals: readonly Proposal[]): Promise<readonly Addition[]> {
    const planned = new Map<StreamId, Plan>();
    const of = (stream: StreamId): Plan => {
      const soft = this.#soft.of(stream);
      const plan = planned.get(stream) ?? { drafts: [...soft], soft, proposals: [] };
      planned.set(stream, plan);
      return plan;
    };
    for (const stream of [...this.#soft.streams(), ...this.#written]) of(stream);
    for (const proposal of proposals) {
      const plan = of(proposal.stream);
      if (proposal.key !== undefined && hasKey(plan.drafts, proposal.key)) {
        this.#waiting.push(proposal);
        continue;
      }
      const draft = planOf(proposal, this.#soft, plan.drafts);
      if (draft === null) continue;
      plan.drafts.push(draft);
      plan.proposals.push([proposal, draft]);
    }
    const contents = [...this.#contents];
    const additions: Addition[] = [];
    for (const [stream, plan] of planned) {
      const numbered = this.#soft.number(stream, plan.drafts);
      const extra = additions.length === 0 && !hasOneWriter(stream) ? contents : [];
      const addition = await writeAddition(this.#parts, { stream, numbered, contents: extra, ...plan });
      if (addition !== null) additions.push(addition);
      else this.#written.delete(stream);
    }
    return additions;
  }

  /** The remote has it: now the working copy takes it in, and whoever proposed is told. */
  async #takeIn(additions: readonly Addition[]): Promise<void> {
    const { inner, heads } = this.#parts;
    const lines = additions.flatMap(({ numbered }) => numbered.map(({ line }) => line));
    await inner.takeIn([exportHeader, ...lines]);
    for (const { stream, head, soft, contents, proposals } of additions) {
      heads.moved(stream, head);
      this.#soft.drop(stream, soft);
      if (inner.head(stream).version === head.version) this.#written.delete(stream);
      for (const hash of contents) this.#contents.delete(hash);
      for (const [proposal, draft] of proposals) {
        const ids = new Set(draft.ids);
        const first = inner.head(stream).version - head.added;
        proposal.landed(inner.read(stream, Math.max(0, first)).filter(({ id }) => ids.has(id)));
      }
    }
  }
}
