import type { StreamId } from '../../domain/event.ts';
import type { PushOutcome, RefMove, RefStore } from '../ports/ref-store.ts';
import type { RemoteHeads } from './remote-heads.ts';

interface Parts {
  readonly refs: RefStore;
  readonly heads: RemoteHeads;
}

/**
 * Pushes, and where nobody can say what became of it, looks on the remote: a push whose answer was lost counts as done
 * where it is there. Rejects with what went wrong where the remote can't be asked either.
 */
export async function pushOrFindOut(
  { refs, heads }: Parts,
  streams: readonly StreamId[],
  moves: readonly RefMove[],
): Promise<PushOutcome> {
  try {
    return await refs.push(moves);
  } catch (error) {
    const landed = await areThere(refs, moves, error);
    if (landed) return { status: 'pushed' };
    const before = streams.map((stream) => heads.of(stream)?.oid);
    await heads.fold(streams);
    const moved = streams.some((stream, index) => heads.of(stream)?.oid !== before[index]);
    // Nobody was first, and the push did not arrive: the remote is out of order, which is for the caller to hear.
    if (!moved) throw error;
    return { status: 'rejected', reason: error instanceof Error ? error.message : String(error) };
  }
}

async function areThere(refs: RefStore, moves: readonly RefMove[], cause: unknown): Promise<boolean> {
  try {
    const standing = await refs.fetch(moves.map(({ ref }) => ref));
    for (const move of moves) {
      const oid = standing.get(move.ref) ?? null;
      if (oid === null || move.to === null || !(await refs.isAncestor(move.to, oid))) return false;
    }
    return true;
  } catch (error) {
    throw new AggregateError(
      [cause, error],
      'The ledger could not be pushed, and its remote could not be asked.',
      { cause },
    );
  }
}
