import { landBeads } from '../../domain/convoy/decisions/land-beads.ts';
import type { Verification } from '../../domain/convoy/events.ts';
import { leaseEnd } from '../dispatch/hand-out.ts';
import type { MergedBead } from './assemble-batch.ts';
import { alignBranch } from './convoy-refs.ts';
import type { RefineryDesk } from './refinery-desk.ts';

/**
 * Moves the head to a verified commit and lands the beads that are new in it: first the ledger, in one append, then the
 * branch. False when the state has moved on since (a bead was taken out of the queue): then nothing is changed.
 */
export async function land(
  desk: RefineryDesk,
  landing: {
    readonly onto: string;
    readonly merged: readonly MergedBead[];
    readonly verification: Verification;
  },
): Promise<boolean> {
  const { town } = desk;
  const places = desk.convoy().opened.settings.polecats;
  const sessions = Array.from({ length: places }, () => town.newId());
  // Where beads are worked on runners of their own, each takes its lease itself.
  const taker = town.runs ? undefined : { runner: town.runner, until: leaseEnd(town), sessions };
  const landed = await desk.decide(`verify:${landing.verification.commit}`, (state) =>
    landBeads(state, { ...landing, ...(taker && { taker }) }),
  );
  if (landed.status === 'refused') return false;
  await alignBranch(desk.store, desk.convoy());
  return true;
}
