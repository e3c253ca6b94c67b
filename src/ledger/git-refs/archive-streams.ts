import type { StreamId } from '../../domain/event.ts';
import { LedgerError } from '../ledger-error.ts';
import type { PushOutcome, RefMove, RefStore } from '../ports/ref-store.ts';
import { listingOf } from './archive-listing.ts';
import type { RemoteHeads } from './remote-heads.ts';
import { archiveRef, refOf, refsPrefix } from './stream-refs.ts';

const triesMax = 20;

interface Parts {
  readonly refs: RefStore;
  readonly heads: RemoteHeads;
}

/**
 * Makes the heads of streams that have ended parents of one commit on the archive's ref, and deletes their refs, in one
 * push: every push to the repository advertises every ref of it. `others` are deleted with them and not kept. Safe to do
 * again; others may archive at the same time.
 */
export async function archiveStreams(
  { refs, heads }: Parts,
  streams: readonly StreamId[],
  others: readonly string[],
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const found = await refs.fetch([archiveRef, ...streams.map(refOf)]);
    const live = streams.flatMap((stream) => {
      const oid = found.get(refOf(stream)) ?? null;
      return oid === null ? [] : [{ stream, ref: refOf(stream), oid }];
    });
    const standing = await refs.list(refsPrefix);
    const gone = others.flatMap((ref) => {
      const from = standing.get(ref);
      return from === undefined ? [] : [{ ref, from, to: null }];
    });
    if (live.length + gone.length === 0) break;
    const archive = found.get(archiveRef) ?? null;
    const to = await refs.commit({
      parents: [...(archive === null ? [] : [archive]), ...live.map(({ oid }) => oid)],
      files: listingOf(live),
      message: `Archive ${live.map(({ stream }) => stream).join(', ')}\n`,
    });
    const moves: RefMove[] = [
      ...gone,
      { ref: archiveRef, from: archive, to },
      ...live.map(({ ref, oid }) => ({ ref, from: oid, to: null })),
    ];
    const outcome = await pushUnlessOvertaken(refs, moves);
    if (outcome.status === 'pushed') break;
    if (tries === triesMax) {
      throw new LedgerError({
        kind: 'push-refused',
        refs: moves.map(({ ref }) => ref),
        reason: outcome.reason,
        tries,
      });
    }
  }
  for (const stream of streams) heads.moved(stream, null);
}

/**
 * Where nobody can say what became of a push, the next look shows it, if any ref has moved since: by this push or by somebody
 * who was first. Rejects with what went wrong where none has.
 */
async function pushUnlessOvertaken(refs: RefStore, moves: readonly RefMove[]): Promise<PushOutcome> {
  try {
    return await refs.push(moves);
  } catch (error) {
    const standing = await refs.list(refsPrefix);
    if (moves.every(({ ref, from }) => (standing.get(ref) ?? null) === from)) throw error;
    return { status: 'rejected', reason: error instanceof Error ? error.message : String(error) };
  }
}
