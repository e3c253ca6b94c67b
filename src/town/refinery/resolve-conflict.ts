import { randomUUID } from 'node:crypto';
import { escalateBead } from '../../domain/convoy/decisions/report-refinery.ts';
import { returnBead } from '../../domain/convoy/decisions/return-bead.ts';
import { type ConflictedBead, commitMerge } from './assemble-batch.ts';
import { conflictBriefing } from './conflict-briefing.ts';
import { resolvedRef } from './convoy-refs.ts';
import { guardLanding } from './guard-landing.ts';
import { landBatch } from './land-batch.ts';
import { closingTimes } from './provenance.ts';
import type { RefineryDesk } from './refinery-desk.ts';
import { type ConflictedMerge, type MergeConflict, resolveMerge } from './resolve-merge.ts';

const sessionsPerAttempt = 3;

/**
 * Has the Refinery's agent resolve a bead's conflict, and lands the result as the bead's merge. What can't be resolved sends
 * the bead back to be done again from the new head.
 */
export async function resolveConflict(
  desk: RefineryDesk,
  conflicted: ConflictedBead,
  signal: AbortSignal,
): Promise<void> {
  const { bead, theirs, conflict } = conflicted;
  const onto = desk.convoy().head;
  const submodule = movedSubmodule(conflict);
  if (submodule !== null) {
    const reason = `The submodule ${submodule} was moved on both sides; an agent can't merge it.`;
    const returned = { bead: bead.number, reason, output: conflict.messages };
    await desk.decide(`merge:${theirs}`, (state) => returnBead(state, returned));
    return;
  }
  const resolved = await resolveMerge(desk, mergeOf(desk, conflicted, onto), signal);
  if (resolved === null) return;
  if ((await guardLanding(desk, bead, { onto, result: resolved })) === 'stopped') return;
  await landBatch(desk, { onto, merged: [{ bead: bead.number, commit: resolved }], conflicted: [] }, signal);
}

/** A submodule that conflicts: its commits are not here, so nobody can merge them. */
export function movedSubmodule(conflict: MergeConflict): string | null {
  const found = conflict.paths.find(({ base, ours, theirs }) =>
    [base, ours, theirs].some((side) => side?.mode === '160000'),
  );
  return found?.path ?? null;
}

function mergeOf(desk: RefineryDesk, conflicted: ConflictedBead, onto: string): ConflictedMerge {
  const { bead, theirs, conflict } = conflicted;
  const base = bead.outcome?.kind === 'change' ? bead.outcome.base : onto;
  const at = closingTimes(desk.town.ledger, desk.stream).get(bead.number);
  return {
    bead: bead.number,
    theirsName: `bead ${bead.number}`,
    onto,
    theirs,
    base,
    conflict,
    ref: resolvedRef(desk.convoy(), bead.number),
    sessionsAtMost: sessionsPerAttempt * bead.attempts,
    briefing: () => conflictBriefing(desk, conflicted, base, randomUUID().slice(0, 8)),
    commit: (tree, session) =>
      commitMerge(desk, desk.convoy(), bead, { tree, onto, theirs, at, resolvedBy: session }),
    giveUp: async (session, report) => {
      const reason = 'Its change conflicts with the branch and the conflict was not resolved.';
      const given = { session, report, bead: bead.number, reason, output: report };
      await desk.decide(`session/${session}`, (state) => escalateBead(state, given));
    },
  };
}
