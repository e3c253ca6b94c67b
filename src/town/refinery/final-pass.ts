import { randomUUID } from 'node:crypto';
import { reportRefinery } from '../../domain/convoy/decisions/report-refinery.ts';
import { askedOfPass, isFinalPassDue } from '../../domain/convoy/final-pass-due.ts';
import type { StreamId } from '../../domain/event.ts';
import type { Sandbox } from '../ports/sandbox.ts';
import type { Town } from '../town.ts';
import { alignBranch, finalRef, finalStartRef, pointRef } from './convoy-refs.ts';
import { finalBriefing } from './final-briefing.ts';
import { land } from './land.ts';
import { type RefineryDesk, refineryDesk } from './refinery-desk.ts';
import { runRefinerySession, sessionFor } from './refinery-session.ts';
import { type Report, type ReportAnswer, reportTool } from './report-tool.ts';
import { takeFix } from './take-fix.ts';

const diffBytesShown = 40 * 1024;

/**
 * Lets the Refinery's agent look at the whole before people do. What it mends is verified and becomes the head; where that
 * can't be made green its change is dropped and said so. Ends with the session's verdict in the ledger.
 */
export async function finalPass(town: Town, stream: StreamId, signal: AbortSignal): Promise<void> {
  const desk = await refineryDesk(town, stream);
  await alignBranch(desk.store, desk.convoy());
  if (!isFinalPassDue(desk.convoy())) return;
  const session = await sessionFor(desk, { why: 'final', bead: null, startFrom: null });
  const startFrom = await startOf(desk, session);
  const say = (verdict: 'LANDED' | 'ESCALATION', report: string) =>
    desk.decide(`session/${session}`, (state) => reportRefinery(state, { session, verdict, report }));
  const job = {
    why: 'final',
    bead: null,
    startFrom,
    briefing: async () => {
      const convoy = desk.convoy();
      const diff = await desk.store.diff(convoy.opened.base.commit, startFrom, { maxBytes: diffBytesShown });
      const asked = askedOfPass(convoy, session);
      return finalBriefing(convoy, { asked, diff }, randomUUID().slice(0, 8));
    },
    report: (_: string, sandbox: Sandbox) =>
      reportTool(
        town.ledger,
        async (report) => {
          const answer = await takeFinal(desk, sandbox, startFrom, report, signal);
          if (answer.status === 'taken') await say('LANDED', answer.text);
          return answer;
        },
        async (report) => {
          await say('ESCALATION', report);
        },
      ),
  } as const;
  const stop = await runRefinerySession(desk, session, job, signal);
  if (stop.status === 'interrupted') throw signal.reason;
  const how = stop.status === 'ended' ? stop.outcome : stop.status;
  // Records nothing where the report tool has recorded a verdict.
  await say('ESCALATION', `The final pass ended without a report (${how}); the branch is as it was.`);
}

/** The head that the session began on: its container holds that one, whatever the head is now. */
async function startOf(desk: RefineryDesk, session: string): Promise<string> {
  const { head } = desk.convoy();
  const ref = finalStartRef(desk.convoy());
  const kept = await desk.store.resolve(ref);
  if (kept !== null && desk.town.ledger.read(`session/${session}`).length > 0) return kept;
  await pointRef(desk.store, ref, head);
  return head;
}

/** Whether an earlier run of the report has landed the result already. */
async function isLanded(desk: RefineryDesk, startFrom: string): Promise<boolean> {
  const made = await desk.store.resolve(finalRef(desk.convoy()));
  return made === desk.convoy().head && (await desk.store.resolve(`${made}^1`)) === startFrom;
}

async function takeFinal(
  desk: RefineryDesk,
  sandbox: Sandbox,
  startFrom: string,
  report: Report,
  signal: AbortSignal,
): Promise<ReportAnswer> {
  const taken: ReportAnswer = { status: 'taken', text: report.text };
  if (await isLanded(desk, startFrom)) return taken;
  const { head } = desk.convoy();
  if (head !== startFrom)
    return { status: 'refused', problems: 'The branch has moved on: report ESCALATION.' };
  const request = { startFrom, subject: 'Make the pieces fit together', ref: finalRef(desk.convoy()) };
  const fix = await takeFix(desk, sandbox, request, report, signal);
  if (fix.status === 'refused') return fix;
  if (fix.status === 'unchanged') return taken;
  const landed = await land(desk, { onto: startFrom, merged: [], verification: fix.verification });
  return landed ? taken : { status: 'refused', problems: 'The convoy has ended meanwhile.' };
}
