import { convoyFold } from '../domain/convoy/evolve.ts';
import type { StreamId } from '../domain/event.ts';
import type { Ledger } from '../ledger/ports/ledger.ts';

/** Convoys for which something may be left to do; what has ended and was cleared up is not looked at again. */
export function liveConvoys(ledger: Ledger): readonly StreamId[] {
  return ledger.streams('convoy/').filter((stream) => {
    const { state } = ledger.load(stream, convoyFold);
    return state !== null && !(state.ended && state.cleared);
  });
}

/** Convoys of which nothing is left but their branches, which go at their time. */
export function convoysWithBranchesLeft(ledger: Ledger): readonly StreamId[] {
  return ledger.streams('convoy/').filter((stream) => {
    const { state } = ledger.load(stream, convoyFold);
    return state !== null && state.ended !== null && state.cleared && !state.branchesDeleted;
  });
}
