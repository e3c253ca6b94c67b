import type { Bead, Lease } from '../../domain/bead/bead.ts';
import { releaseBead } from '../../domain/convoy/decisions/release-bead.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { StreamId } from '../../domain/event.ts';
import { attemptSummary } from '../polecat/attempt-summary.ts';
import { type BeadRuns, type RunStanding, runOfRunner } from '../ports/bead-runs.ts';
import type { Town } from '../town.ts';

const reasons: Readonly<Record<string, string>> = {
  cancelled: 'its run was cancelled',
  timed_out: 'its run took too long',
  gone: 'its run is gone',
  unknown: 'its run ended before it was closed',
  success: 'its run ended without closing it',
};

/** Gives back every bead whose run has ended without saying so. What is held by `own`, the run that asks, is over too. */
export async function releaseDead(town: Town, stream: StreamId, runs: BeadRuns, own: string): Promise<void> {
  const { state } = town.ledger.load(stream, convoyFold);
  if (state === null || state.ended) return;
  for (const { number: bead, lease } of state.beads.values()) {
    const run = lease === null ? null : runOfRunner(lease.runner);
    if (lease === null || run === null) continue;
    const standing: RunStanding =
      lease.runner === own
        ? { status: 'ended', how: 'unknown' }
        : await runs.standing(state.opened.repository, run);
    if (standing.status === 'ended') await releaseOfRun(town, stream, { bead, lease }, standing.how);
  }
}

/** Gives back a bead whose run has ended, with GitHub's word for how. */
export async function releaseOfRun(
  town: Town,
  stream: StreamId,
  { bead, lease: { session } }: { readonly bead: Bead['number']; readonly lease: Lease },
  how: string,
): Promise<void> {
  const summary = attemptSummary(town.ledger.read(`session/${session}`));
  const reason = reasons[how] ?? `its run ended: ${how}`;
  await town.ledger.decide({
    stream,
    fold: convoyFold,
    actor: 'town',
    cause: `session/${session}`,
    // Refused where it was closed or given back meanwhile.
    decide: (state) => releaseBead(state, { bead, session, reason, summary }),
  });
}
