import type { StreamId } from '../../domain/event.ts';
import type { WorkingLedger } from '../assemble-ledger.ts';
import { LedgerError } from '../ledger-error.ts';
import type { RefCommit, RefStore } from '../ports/ref-store.ts';
import { exportHeader } from '../transfer/export-lines.ts';
import { eventLine } from '../transfer/line.ts';
import { parseLine } from '../transfer/parse-line.ts';
import { archivedHead } from './archive-listing.ts';
import { commitFiles, linesIn, replacedBy } from './commit-files.ts';
import type { Seal } from './seal.ts';
import { hasOneWriter, refOf } from './stream-refs.ts';

/** Where a stream's ref stands on the remote, as it was last seen. */
export interface RemoteHead {
  readonly oid: string;
  readonly version: number;
  /** How many commits it takes to read the stream from its beginning. */
  readonly commits: number;
}

interface Parts {
  readonly inner: WorkingLedger;
  readonly refs: RefStore;
  readonly seal: Seal | null;
}

/** What the remote holds of streams, and its way into the working copy. */
export class RemoteHeads {
  readonly #parts: Parts;
  readonly #heads = new Map<StreamId, RemoteHead>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  of(stream: StreamId): RemoteHead | null {
    return this.#heads.get(stream) ?? null;
  }

  /** After a push of our own. */
  moved(stream: StreamId, head: RemoteHead | null): void {
    if (head === null) this.#heads.delete(stream);
    else this.#heads.set(stream, head);
  }

  /** The streams whose refs are known to be there. */
  known(): readonly StreamId[] {
    return [...this.#heads.keys()];
  }

  /**
   * Fetches what is new of streams and takes it into the working copy. Throws `not-descended` where a ref was rewritten or
   * set back, and whatever the working copy says of lines that don't fit.
   */
  async fold(streams: readonly StreamId[]): Promise<void> {
    if (streams.length === 0) return;
    const standing = await this.#parts.refs.fetch(streams.map(refOf));
    for (const stream of streams) await this.#foldOne(stream, standing.get(refOf(stream)) ?? null);
  }

  /** Takes a stream that has ended into the working copy, out of the archive. False where that holds nothing of it. */
  async recall(stream: StreamId): Promise<boolean> {
    const { refs, seal, inner } = this.#parts;
    const head = await archivedHead(refs, stream);
    if (head === null) return false;
    const chain = await refs.chain(head, null, commitFiles);
    await inner.takeIn([exportHeader, ...chain.flatMap((commit) => linesIn(commit, stream, seal))]);
    this.#heads.delete(stream);
    return true;
  }

  async #foldOne(stream: StreamId, oid: string | null): Promise<void> {
    const before = this.of(stream);
    if (oid === (before?.oid ?? null)) return;
    const ref = refOf(stream);
    if (oid === null) throw notDescended(stream, 'it is gone');
    const { refs, seal, inner } = this.#parts;
    const grown = before === null || (await refs.isAncestor(before.oid, oid));
    const chain = await refs.chain(oid, grown ? (before?.oid ?? null) : null, commitFiles);
    if (!grown && !chain.some((commit) => takesPlaceOf(commit, before, stream, ref))) {
      throw notDescended(stream, `it stood at ${before.oid}`);
    }
    const lines = chain.flatMap((commit) => linesIn(commit, stream, seal));
    const version = lastVersion(lines, stream) ?? before?.version ?? 0;
    await inner.takeIn([exportHeader, ...lines]);
    if (!hasOneWriter(stream) && version < inner.head(stream).version) {
      throw notDescended(stream, `it ends at version ${version} of ${inner.head(stream).version}`);
    }
    this.#heads.set(stream, { oid, version, commits: chain.length + (grown ? (before?.commits ?? 0) : 0) });
  }
}

function takesPlaceOf(commit: RefCommit, before: RemoteHead | null, stream: StreamId, ref: string): boolean {
  const replaced = replacedBy(commit, stream, ref);
  // The events themselves are compared by their hashes when they are taken in; more than a name is not asked here.
  return replaced !== null && before !== null && replaced.version >= before.version;
}

/** The version that the lines end with. Throws for lines of another stream: a ref holds its own stream and no other. */
function lastVersion(lines: readonly string[], stream: StreamId): number | null {
  let version: number | null = null;
  for (const [index, line] of lines.entries()) {
    if (line.startsWith('{"content":')) continue;
    const parsed = parseLine(eventLine, line, index + 1);
    if (parsed.stream !== stream) throw notDescended(stream, `it holds events of ${parsed.stream}`);
    version = parsed.version;
  }
  return version;
}

const notDescended = (stream: StreamId, detail: string): LedgerError =>
  new LedgerError({ kind: 'not-descended', stream, ref: refOf(stream), detail });
