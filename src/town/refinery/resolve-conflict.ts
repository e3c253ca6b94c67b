import { randomUUID } from 'node:crypto';
import type { Bead } from '../../domain/bead/bead.ts';
import { escalateBead, reportRefinery } from '../../domain/convoy/decisions/report-refinery.ts';
import { returnBead } from '../../domain/convoy/decisions/return-bead.ts';
import { type ConflictedBead, commitMerge } from './assemble-batch.ts';
import { markersLeft, mergeNamesLeft, type Side, unsaidLosses } from './check-work-kept.ts';
import { conflictBriefing } from './conflict-briefing.ts';
import { pointRef, resolvedRef } from './convoy-refs.ts';
import { guardLanding } from './guard-landing.ts';
import { landBatch } from './land-batch.ts';
import { closingTimes } from './provenance.ts';
import type { RefineryDesk } from './refinery-desk.ts';
import { type RefineryStop, runRefinerySession, sessionFor } from './refinery-session.ts';
import { type Report, type ReportAnswer, reportTool } from './report-tool.ts';
import { townSignature } from './signature.ts';
import { differingPaths, takeOutResult } from './take-out-result.ts';

/**
 * Has the Refinery's agent resolve a conflict in a container, checks that no work was lost, and lands the result as the
 * bead's merge. What can't be resolved sends the bead back to be done again from the new head.
 */
export async function resolveConflict(
  desk: RefineryDesk,
  conflicted: ConflictedBead,
  signal: AbortSignal,
): Promise<void> {
  const { bead, theirs, conflict } = conflicted;
  const onto = desk.convoy().head;
  const submodule = conflict.paths.find((path) => isSubmodule(path));
  if (submodule) {
    const reason = `The submodule ${submodule.path} was moved on both sides; an agent can't merge it.`;
    const returned = { bead: bead.number, reason, output: conflict.messages };
    await desk.decide(`merge:${theirs}`, (state) => returnBead(state, returned));
    return;
  }
  // A session that kept its result and could not say so any more is let go on to its end.
  const open = desk.convoy().refinery.some((one) => one.bead === bead.number && one.verdict === null);
  const kept = open ? null : await keptResolution(desk, conflicted, onto);
  const resolved = kept ?? (await askAgent(desk, conflicted, onto, signal));
  if (resolved === null) return;
  if ((await guardLanding(desk, bead, { onto, result: resolved })) === 'stopped') return;
  await landBatch(desk, { onto, merged: [{ bead: bead.number, commit: resolved }], conflicted: [] }, signal);
}

const isSubmodule = ({ base, ours, theirs }: ConflictedBead['conflict']['paths'][number]): boolean =>
  [base, ours, theirs].some((side) => side?.mode === '160000');

/** The resolution that an earlier run left for exactly this merge. */
async function keptResolution(
  desk: RefineryDesk,
  { bead, theirs }: ConflictedBead,
  onto: string,
): Promise<string | null> {
  const ref = resolvedRef(desk.convoy(), bead.number);
  const [commit, first, second] = await Promise.all([ref, `${ref}^1`, `${ref}^2`].map(desk.store.resolve));
  return commit && first === onto && second === theirs ? commit : null;
}

async function askAgent(
  desk: RefineryDesk,
  conflicted: ConflictedBead,
  onto: string,
  signal: AbortSignal,
): Promise<string | null> {
  const { bead, theirs, conflict } = conflicted;
  const session = await sessionFor(desk, { why: 'conflict', bead: bead.number });
  const base = bead.outcome?.kind === 'change' ? bead.outcome.base : onto;
  const startFrom = await desk.store.commitTree({
    tree: conflict.tree,
    parents: [onto, theirs],
    message: 'A merge with its conflicts\n',
    author: townSignature(new Date(0)),
  });
  const giveUp = async (report: string): Promise<void> => {
    const reason = `Its change conflicts with the branch and the conflict was not resolved.`;
    const given = { session, report, bead: bead.number, reason, output: report };
    await desk.decide(`session/${session}`, (state) => escalateBead(state, given));
  };
  const job = {
    why: 'conflict',
    bead: bead.number,
    startFrom,
    briefing: () => conflictBriefing(desk, conflicted, base, randomUUID().slice(0, 8)),
    report: (id: string, sandbox: Parameters<typeof takeOutResult>[1]) =>
      reportTool(
        desk.town.ledger,
        async (report) => {
          const taken = await takeOutResult(desk, sandbox, startFrom);
          if (taken.status === 'refused') return { status: 'refused', problems: taken.text };
          return keepResolution(
            desk,
            conflicted,
            { session: id, onto, base, startFrom, tree: taken.tree },
            report,
          );
        },
        giveUp,
      ),
  } as const;
  const stop = await runRefinerySession(desk, session, job, signal);
  if (stop.status === 'interrupted') throw signal.reason;
  const kept = await keptResolution(desk, conflicted, onto);
  if (!isUnreported(desk, session)) return kept;
  if (kept !== null) {
    const word = { session, verdict: 'LANDED', report: 'Resolved; the report itself was lost.' } as const;
    await desk.decide(`session/${session}`, (state) => reportRefinery(state, word));
    return kept;
  }
  if (stop.status === 'workspace-lost' && mayTryAgain(desk, bead)) {
    const word = { session, verdict: 'ESCALATION', report: stopText(stop) } as const;
    await desk.decide(`session/${session}`, (state) => reportRefinery(state, word));
  } else {
    await giveUp(stopText(stop));
  }
  return null;
}

const sessionsPerAttempt = 3;

/** A container may be lost for reasons that have nothing to do with the bead; not for ever, though. */
const mayTryAgain = (desk: RefineryDesk, bead: Bead): boolean =>
  desk.convoy().refinery.filter((one) => one.why === 'conflict' && one.bead === bead.number).length <
  sessionsPerAttempt * bead.attempts;

const isUnreported = (desk: RefineryDesk, session: string): boolean =>
  desk.convoy().refinery.some((one) => one.session === session && one.verdict === null);

function stopText(stop: Exclude<RefineryStop, { status: 'interrupted' }>): string {
  if (stop.status === 'workspace-lost') return 'The container in which it was being resolved was lost.';
  if (stop.status === 'suspended') return 'The session waited for something that it can not wait for.';
  return `The session ended without a report (${stop.outcome}). ${stop.detail}`.trim();
}

/** Checks a reported resolution; what passes becomes the bead's merge commit and is kept under a ref before it is recorded. */
async function keepResolution(
  desk: RefineryDesk,
  { bead, theirs, conflict }: ConflictedBead,
  found: {
    readonly session: string;
    readonly onto: string;
    readonly base: string;
    readonly startFrom: string;
    readonly tree: string;
  },
  report: Report,
): Promise<ReportAnswer> {
  const { store } = desk;
  const sides: readonly Side[] = [
    { name: 'the branch', base: found.base, tip: found.onto },
    { name: `bead ${bead.number}`, base: found.base, tip: theirs },
  ];
  const conflicting = conflict.paths.map(({ path }) => path);
  const decided = await differingPaths(store, found.startFrom, found.tree);
  const paths = [...new Set([...conflicting, ...decided])];
  const check = { result: found.tree, sides, paths, report: report.text };
  const problems = [
    ...(await markersLeft(store, check)),
    ...(await mergeNamesLeft(store, { ...check, paths: conflicting })),
    ...(await unsaidLosses(store, check)),
  ];
  if (problems.length > 0) {
    return { status: 'refused', problems: `The result is not taken yet:\n- ${problems.join('\n- ')}` };
  }
  const at = closingTimes(desk.town.ledger, desk.stream).get(bead.number);
  const merge = { tree: found.tree, onto: found.onto, theirs, at, resolvedBy: found.session };
  const convoy = desk.convoy();
  await pointRef(store, resolvedRef(convoy, bead.number), await commitMerge(desk, convoy, bead, merge));
  const word = { session: found.session, verdict: 'LANDED', report: report.text } as const;
  await desk.decide(`session/${found.session}`, (state) => reportRefinery(state, word));
  return { status: 'taken', text: report.text };
}
