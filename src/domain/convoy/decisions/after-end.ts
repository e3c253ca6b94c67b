import { accept, type Decision, refuse } from '../../event.ts';
import { type Refusal, refusal } from '../../refusal.ts';
import type { ConvoyState } from '../state.ts';

const dayMs = 24 * 60 * 60_000;

/** For how long the branches of a convoy that did not land are kept. */
export const branchesKeptMs = 14 * dayMs;

/** When an ended convoy's branches go: at once where they were merged, else after a time in which people may want them. */
export function branchesGoAt(state: NonNullable<ConvoyState>): Date | null {
  if (state.ended === null) return null;
  const at = Date.parse(state.ended.at);
  return new Date(state.ended.how === 'landed' ? at : at + branchesKeptMs);
}

/** Records that an ended convoy's branches are gone. */
export function deleteBranches(state: ConvoyState): Decision<Refusal> {
  if (!state?.ended) return refuse(refusal('convoy-not-ended', 'The convoy has not ended.'));
  return state.branchesDeleted ? accept() : accept({ type: 'BranchesDeleted', data: {} });
}

/** Records that what a convoy landed was taken back; once. */
export function revertConvoy(
  state: ConvoyState,
  reverted: { readonly by: string; readonly commit: string },
): Decision<Refusal> {
  if (state?.ended?.how !== 'landed')
    return refuse(refusal('convoy-not-landed', 'The convoy has not landed.'));
  return state.reverted === null ? accept({ type: 'ConvoyReverted', data: reverted }) : accept();
}

/** Records that the pull request of a convoy that has ended was opened again by hand. */
export function noteReopened(
  state: ConvoyState,
  reopened: { readonly by: string; readonly pullRequest: number },
): Decision<Refusal> {
  if (!state?.ended || state.pullRequest?.number !== reopened.pullRequest)
    return refuse(refusal('convoy-not-ended', 'The convoy has not ended.'));
  return accept({
    type: 'HandMoved',
    data: { what: 'pull-request-reopened', by: reopened.by, before: 'closed', after: 'open' },
  });
}
