import { evolveAll, type Fold, type StreamId } from '../../domain/event.ts';
import { eventTypes } from '../../domain/event-types.ts';
import type { WorkingLedger } from '../assemble-ledger.ts';
import type { EventTypes } from '../log/encode-data.ts';
import type { AppendRequest, AppendResult, DecideRequest, DecideResult, Ledger } from '../ports/ledger.ts';
import type { RefStore } from '../ports/ref-store.ts';
import { isExpected } from '../write/expected-version.ts';
import { archiveStreams } from './archive-streams.ts';
import { type Anchor, anchorOf, checkAnchor } from './check-anchor.ts';
import { Publisher, type PublisherParts } from './publisher.ts';
import { createRedact, redactBytes } from './redact-event.ts';
import { RemoteHeads } from './remote-heads.ts';
import { hasOneWriter } from './stream-refs.ts';
import { Turns } from './turns.ts';
import { writeAlone } from './write-alone.ts';
import { type SharedParts, writeShared } from './write-shared.ts';

export interface GitLedgerOptions
  extends Pick<PublisherParts, 'seal' | 'pace' | 'afterLost' | 'onTrouble' | 'commitsMax'> {
  /** The working copy, which the ledger closes: an SQLite ledger that nobody else writes to. */
  readonly inner: WorkingLedger;
  readonly refs: RefStore;
  readonly clock: () => Date;
  /** UUID version 7. */
  readonly newId: () => string;
  /** Values that are taken out of every text before it is kept. */
  readonly secrets: readonly string[];
  readonly types?: EventTypes;
}

/**
 * A ledger whose truth is the refs of a git repository. An append to a shared stream resolves once it is on the remote;
 * soft events, and streams of one writer, resolve once the working copy has them, and are pushed within `pace.longestMs`.
 * `load` and `read` see all that was acknowledged; `readAll` and subscriptions see soft events once they are pushed.
 */
export interface GitLedger extends Ledger {
  /** Brings streams up to what the remote holds. Throws `not-descended` where someone rewrote one. */
  follow(streams: readonly StreamId[]): Promise<void>;
  /** Takes a stream that has ended in out of the archive; false where that holds nothing of it. */
  recall(stream: StreamId): Promise<boolean>;
  /** The names of the remote's refs under a prefix. */
  list(prefix: string): Promise<readonly string[]>;
  /** Resolves when all that was acknowledged is on the remote. */
  publish(): Promise<void>;
  /** What is to be written down of a stream's head as it was pushed last. */
  anchor(stream: StreamId): Anchor | null;
  /** Throws `not-descended` where a stream does not hold what was written down of it. */
  checkAnchor(anchor: Anchor): void;
  /** Takes the refs of streams that have ended away, and keeps what they held in the archive; deletes other refs with them. */
  archive(streams: readonly StreamId[], others?: readonly string[]): Promise<void>;
  /** Moves a ref that is none of a stream's with the next push, to a commit that the ref store has. */
  carry(ref: string, to: string): void;
  /** How often something was pushed. */
  pushes(): number;
}

export function openGitLedger(options: GitLedgerOptions): GitLedger {
  const { inner, refs, types = eventTypes, clock, newId } = options;
  const heads = new RemoteHeads({
    inner,
    refs,
    seal: typeof options.seal === 'object' ? options.seal : null,
  });
  const turns = new Turns();
  const publisher = new Publisher({ ...options, types, heads, turns });
  const redact = createRedact(options.secrets);
  const shared: SharedParts = { inner, publisher, clock, newId, redact, types };
  const alone = writeAlone({
    inner,
    redact,
    grown: (stream, soon) => publisher.grown(stream, soon),
  });
  return {
    inbox: inner.inbox,
    append: (request) =>
      hasOneWriter(request.stream) ? alone.append(request) : appendShared(shared, request),
    decide: (request) =>
      hasOneWriter(request.stream) ? alone.decide(request) : writeShared(shared, request),
    load(stream, fold) {
      const base = inner.load(stream, fold);
      const tail = publisher.tail(stream);
      return { state: evolveAll(fold, base.state, tail), version: base.version + tail.length };
    },
    read: (stream, after = 0) => [
      ...inner.read(stream, after),
      ...publisher.tail(stream).filter(({ version }) => version > after),
    ],
    readAll: inner.readAll,
    streams: inner.streams,
    subscribe: inner.subscribe,
    async putContent(bytes) {
      const hash = await inner.putContent(redactBytes(bytes, redact));
      publisher.addContent(hash);
      return hash;
    },
    getContent: inner.getContent,
    follow: (streams) => turns.take(() => heads.fold(streams)),
    recall: (stream) => turns.take(() => heads.recall(stream)),
    list: async (prefix) => [...(await refs.list(prefix)).keys()],
    publish: () => publisher.flush(),
    anchor: (stream) => anchorOf(inner, stream, heads.of(stream)),
    checkAnchor: (anchor) => checkAnchor(inner, anchor),
    async archive(streams, others = []) {
      await publisher.flush();
      await archiveStreams({ refs, heads }, streams, others);
    },
    carry: (ref, to) => publisher.carry(ref, to),
    pushes: () => publisher.pushes,
    async close() {
      try {
        await publisher.flush();
      } finally {
        publisher.stop();
        await inner.close();
      }
    },
  };
}

const versionFold: Fold<number> = {
  name: 'version',
  version: 1,
  initial: () => 0,
  evolve: (version) => version + 1,
};

/** An append is a decision that looks at the version alone. */
async function appendShared(shared: SharedParts, request: AppendRequest): Promise<AppendResult> {
  const { expected, events, ...rest } = request;
  const decided: DecideResult<number, number> = await writeShared(shared, {
    ...rest,
    fold: versionFold,
    decide: (_, version) =>
      isExpected(expected, version) ? { accepted: true, events } : { accepted: false, refusal: version },
  } satisfies DecideRequest<number, number>);
  if (decided.status === 'refused') return { status: 'conflict', currentVersion: decided.refusal };
  return { status: decided.status, events: decided.events };
}
