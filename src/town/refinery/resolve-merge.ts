import { reportRefinery } from '../../domain/convoy/decisions/report-refinery.ts';
import type { MergeResult, Oid } from '../ports/git-store.ts';
import type { Sandbox } from '../ports/sandbox.ts';
import { markersLeft, mergeNamesLeft, type Side, unsaidLosses } from './check-work-kept.ts';
import { pointRef } from './convoy-refs.ts';
import type { RefineryDesk } from './refinery-desk.ts';
import { isUnreported, runRefinerySession, sessionFor, stopText } from './refinery-session.ts';
import { type Report, type ReportAnswer, reportTool } from './report-tool.ts';
import { townSignature } from './signature.ts';
import { differingPaths, takeOutResult } from './take-out-result.ts';

export type MergeConflict = Extract<MergeResult, { status: 'conflict' }>;

/** A merge that git could not make. */
export interface ConflictedMerge {
  /** The bead whose change comes in; null for the base branch or a person's push. */
  readonly bead: number | null;
  /** What comes in, as the agent and the report speak of it: `bead 3`, `main`. */
  readonly theirsName: string;
  readonly onto: Oid;
  readonly theirs: Oid;
  /** Where the two lines of development parted. */
  readonly base: Oid;
  readonly conflict: MergeConflict;
  /** Keeps the resolution until it has landed. */
  readonly ref: string;
  readonly briefing: () => Promise<string>;
  /** Makes the merge commit of a resolved tree; the same again gives the same id. */
  readonly commit: (tree: Oid, session: string) => Promise<Oid>;
  /** Records that a session gave up. */
  readonly giveUp: (session: string, report: string) => Promise<void>;
  readonly sessionsAtMost: number;
}

/** The merge commit as the Refinery's agent resolved it, checked; null when it was given up, which is then recorded. */
export async function resolveMerge(
  desk: RefineryDesk,
  merge: ConflictedMerge,
  signal: AbortSignal,
): Promise<Oid | null> {
  // A session that kept its result and could not say so any more is let go on to its end.
  const open = desk
    .convoy()
    .refinery.some((one) => one.why === 'conflict' && one.bead === merge.bead && one.verdict === null);
  const kept = open ? null : await keptResolution(desk, merge);
  return kept ?? askAgent(desk, merge, signal);
}

/** The resolution that an earlier run left for exactly this merge. */
async function keptResolution(
  desk: RefineryDesk,
  { ref, onto, theirs }: ConflictedMerge,
): Promise<Oid | null> {
  const [commit, first, second] = await Promise.all(
    [ref, `${ref}^1`, `${ref}^2`].map((revision) => desk.store.resolve(revision)),
  );
  return commit && first === onto && second === theirs ? commit : null;
}

async function askAgent(
  desk: RefineryDesk,
  merge: ConflictedMerge,
  signal: AbortSignal,
): Promise<Oid | null> {
  const startFrom = await desk.store.commitTree({
    tree: merge.conflict.tree,
    parents: [merge.onto, merge.theirs],
    message: 'A merge with its conflicts\n',
    author: townSignature(new Date(0)),
  });
  const session = await sessionFor(desk, { why: 'conflict', bead: merge.bead, startFrom });
  const report = (id: string, sandbox: Sandbox) =>
    reportTool(
      desk.town.ledger,
      async (said) => {
        const taken = await takeOutResult(desk, sandbox, startFrom);
        if (taken.status === 'refused') return { status: 'refused', problems: taken.text };
        return keepResolution(desk, merge, { session: id, startFrom, tree: taken.tree }, said);
      },
      (said) => merge.giveUp(id, said),
    );
  const job = { why: 'conflict', bead: merge.bead, startFrom, briefing: merge.briefing, report } as const;
  const stop = await runRefinerySession(desk, session, job, signal);
  if (stop.status === 'interrupted') throw signal.reason;
  const kept = await keptResolution(desk, merge);
  if (!isUnreported(desk, session)) return kept;
  if (kept !== null) {
    await say(desk, session, 'LANDED', 'Resolved; the report itself was lost.');
    return kept;
  }
  if (stop.status === 'workspace-lost' && mayTryAgain(desk, merge)) {
    await say(desk, session, 'ESCALATION', stopText(stop));
  } else {
    await merge.giveUp(session, stopText(stop));
  }
  return null;
}

const say = (desk: RefineryDesk, session: string, verdict: 'LANDED' | 'ESCALATION', report: string) =>
  desk.decide(`session/${session}`, (state) => reportRefinery(state, { session, verdict, report }));

/** A container may be lost for reasons that have nothing to do with the merge; not for ever, though. */
const mayTryAgain = (desk: RefineryDesk, { bead, sessionsAtMost }: ConflictedMerge): boolean =>
  desk.convoy().refinery.filter((one) => one.why === 'conflict' && one.bead === bead).length < sessionsAtMost;

/** Checks a reported resolution; what passes becomes the merge commit, kept under a ref before it is recorded. */
async function keepResolution(
  desk: RefineryDesk,
  merge: ConflictedMerge,
  found: { readonly session: string; readonly startFrom: Oid; readonly tree: Oid },
  report: Report,
): Promise<ReportAnswer> {
  const { store } = desk;
  const sides: readonly Side[] = [
    { name: 'the branch', base: merge.base, tip: merge.onto },
    { name: merge.theirsName, base: merge.base, tip: merge.theirs },
  ];
  const conflicting = merge.conflict.paths.map(({ path }) => path);
  const decided = await differingPaths(store, found.startFrom, found.tree);
  const check = {
    result: found.tree,
    sides,
    paths: [...new Set([...conflicting, ...decided])],
    report: report.text,
  };
  const problems = [
    ...(await markersLeft(store, check)),
    ...(await mergeNamesLeft(store, { ...check, paths: conflicting })),
    ...(await unsaidLosses(store, check)),
  ];
  if (problems.length > 0) {
    return { status: 'refused', problems: `The result is not taken yet:\n- ${problems.join('\n- ')}` };
  }
  await pointRef(store, merge.ref, await merge.commit(found.tree, found.session));
  await say(desk, found.session, 'LANDED', report.text);
  return { status: 'taken', text: report.text };
}
