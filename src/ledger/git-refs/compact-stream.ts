import type { StreamId } from '../../domain/event.ts';
import type { WorkingLedger } from '../assemble-ledger.ts';
import type { RefStore } from '../ports/ref-store.ts';
import { filesOf } from './commit-files.ts';
import type { RemoteHeads } from './remote-heads.ts';
import type { Seal } from './seal.ts';
import { hasOneWriter, refOf } from './stream-refs.ts';

interface Parts {
  readonly inner: WorkingLedger;
  readonly refs: RefStore;
  readonly heads: RemoteHeads;
  readonly seal: Seal | 'plain' | 'withheld';
}

/**
 * Puts one commit without a parent in the place of a stream's chain: it holds every event and names the head that it
 * stands for. Who has that head sees that nothing was lost, and who has none fetches one commit. False where the ref has
 * moved since: there is always a next time. The contents that the chain carried are in it too.
 */
export async function compactStream({ inner, refs, heads, seal }: Parts, stream: StreamId): Promise<boolean> {
  const head = heads.of(stream);
  if (head === null || head.version !== inner.head(stream).version) return false;
  const ref = refOf(stream);
  const contents = contentsOf(inner, stream).flatMap((name) => inner.contentLineOf(name) ?? []);
  const lines = [...contents, ...inner.linesOf(stream, 0)];
  const { hash } = inner.head(stream);
  const oid = await refs.commit({
    parents: [],
    files: filesOf({
      stream,
      lines,
      seal: hasOneWriter(stream) && typeof seal === 'object' ? seal : null,
      replaces: { oid: head.oid, version: head.version, hash },
    }),
    message: `${stream} 1..${head.version}\n\nReplaces: ${head.oid}\n`,
  });
  const outcome = await refs.push([{ ref, from: head.oid, to: oid }]);
  if (outcome.status === 'rejected') return false;
  heads.moved(stream, { oid, version: head.version, commits: 1 });
  return true;
}

/** The stored outputs that a stream's events name. */
const contentsOf = (inner: WorkingLedger, stream: StreamId): readonly string[] =>
  inner
    .read(stream)
    .flatMap(({ data }) => ('outputHash' in data && data.outputHash !== null ? [data.outputHash] : []));
