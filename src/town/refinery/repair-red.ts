import { randomUUID } from 'node:crypto';
import { reportRefinery } from '../../domain/convoy/decisions/report-refinery.ts';
import type { Verification } from '../../domain/convoy/events.ts';
import type { Oid } from '../ports/git-store.ts';
import type { Sandbox } from '../ports/sandbox.ts';
import { repairedRef } from './convoy-refs.ts';
import { redBriefing } from './red-briefing.ts';
import type { RefineryDesk } from './refinery-desk.ts';
import { isUnreported, runRefinerySession, sessionFor, stopText } from './refinery-session.ts';
import { reportTool } from './report-tool.ts';
import { takeFix } from './take-fix.ts';
import { verify } from './verify.ts';

const diffBytesShown = 40 * 1024;

export interface RedCandidate {
  readonly bead: number | null;
  /** What was merged, as the agent is told of it: `bead 3`, `main`. */
  readonly what: string;
  /** The texts that say what it is for. */
  readonly intent: string;
  readonly onto: Oid;
  readonly commit: Oid;
  readonly verification: Verification;
}

/** Lets the Refinery's agent mend a red candidate. The verification of the mended one, or null where it gave up. */
export async function repairRed(
  desk: RefineryDesk,
  red: RedCandidate,
  signal: AbortSignal,
): Promise<Verification | null> {
  const before = await keptFix(desk, red);
  if (before !== null) return verified(desk, before, signal);
  if (triedInVain(desk, red)) return null;
  let green: Verification | null = null;
  const session = await sessionFor(desk, { why: 'red', bead: red.bead, startFrom: red.commit });
  const say = (verdict: 'LANDED' | 'ESCALATION', report: string) =>
    desk.decide(`session/${session}`, (state) => reportRefinery(state, { session, verdict, report }));
  const request = {
    startFrom: red.commit,
    subject: `Make ${red.what} fit`,
    ref: repairedRef(desk.convoy()),
  };
  const report = (_: string, sandbox: Sandbox) =>
    reportTool(
      desk.town.ledger,
      async (said) => {
        const fix = await takeFix(desk, sandbox, request, said, signal);
        if (fix.status === 'refused') return fix;
        if (fix.status === 'unchanged') {
          return { status: 'refused', problems: 'Nothing is changed, so it is as red as before.' };
        }
        green = fix.verification;
        await say('LANDED', said.text);
        return { status: 'taken', text: said.text };
      },
      async (said) => {
        await say('ESCALATION', said);
      },
    );
  const briefing = async (): Promise<string> => {
    const diff = await desk.store.diff(red.onto, red.commit, { maxBytes: diffBytesShown });
    return redBriefing(desk.convoy(), red, diff, randomUUID().slice(0, 8));
  };
  const job = { why: 'red', bead: red.bead, startFrom: red.commit, briefing, report } as const;
  const stop = await runRefinerySession(desk, session, job, signal);
  if (stop.status === 'interrupted') throw signal.reason;
  if (isUnreported(desk, session)) await say('ESCALATION', stopText(stop));
  if (green !== null) return green;
  // An earlier run of the session had the fix verified; that word went with its process.
  const kept = await keptFix(desk, red);
  return kept === null ? null : verified(desk, kept, signal);
}

const triesAtMost = 3;

function triedInVain(desk: RefineryDesk, { bead }: RedCandidate): boolean {
  const tries = desk
    .convoy()
    .refinery.filter((one) => one.why === 'red' && one.bead === bead && one.verdict === 'ESCALATION');
  return tries.length >= (bead === null ? triesAtMost : 1);
}

/** The fix that a session has reported for exactly this candidate. */
async function keptFix(desk: RefineryDesk, red: RedCandidate): Promise<Oid | null> {
  const reported = desk
    .convoy()
    .refinery.some((one) => one.why === 'red' && one.bead === red.bead && one.verdict === 'LANDED');
  const ref = repairedRef(desk.convoy());
  if (!reported || (await desk.store.resolve(`${ref}^1`)) !== red.commit) return null;
  return desk.store.resolve(ref);
}

async function verified(desk: RefineryDesk, commit: Oid, signal: AbortSignal): Promise<Verification | null> {
  const { passed, verification } = await verify(desk, commit, [], signal);
  return passed ? verification : null;
}
