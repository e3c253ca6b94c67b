import { WorkspaceLost } from '../../agent/ports/workspace.ts';
import type { SessionStop } from '../../agent/session.ts';
import type { Tool } from '../../agent/tool.ts';
import { workspaceTools } from '../../agent/tools/workspace-tools.ts';
import { reportRefinery, startRefinery } from '../../domain/convoy/decisions/report-refinery.ts';
import type { RefineryState } from '../../domain/convoy/state.ts';
import { sandboxFor } from '../dispatch/start-sandbox.ts';
import type { Oid } from '../ports/git-store.ts';
import type { Sandbox } from '../ports/sandbox.ts';
import { analyzeTool } from '../session/analyze.ts';
import { holdSession } from '../session/hold-session.ts';
import { beadTool } from '../tools/bead-tool.ts';
import { convoyDesk } from '../tools/convoy-desk.ts';
import { rememberTool } from '../tools/remember-tool.ts';
import { pointRef, sessionRef } from './convoy-refs.ts';
import type { RefineryDesk } from './refinery-desk.ts';

export interface RefineryJob {
  readonly why: RefineryState['why'];
  readonly bead: number | null;
  /** Commit (or tree) that the container holds when the work begins. */
  readonly startFrom: string;
  readonly briefing: () => Promise<string>;
  readonly report: (session: string, sandbox: Sandbox) => Tool;
}

/** The convoy takes no session of the Refinery any more: it has ended meanwhile. */
export class RefineryRefused extends Error {
  override readonly name = 'RefineryRefused';
  readonly rule: string;
  constructor(rule: string, text: string) {
    super(text);
    this.rule = rule;
  }
}

/**
 * The session that an earlier run began for this very work and did not end, or a new one, recorded. One that was begun on
 * another commit than `startFrom` is closed: its container holds what nobody wants any more.
 */
export async function sessionFor(
  desk: RefineryDesk,
  job: Pick<RefineryJob, 'why' | 'bead'> & { readonly startFrom: Oid | null },
): Promise<string> {
  const { why, bead, startFrom } = job;
  const known = desk
    .convoy()
    .refinery.find((one) => one.why === why && one.bead === bead && one.verdict === null);
  if (known && (await isStillFor(desk, known.session, startFrom))) return known.session;
  if (known) {
    const word = { session: known.session, verdict: 'ESCALATION', report: overtaken } as const;
    await desk.decide(`refinery:${why}`, (state) => reportRefinery(state, word));
  }
  const session = desk.town.newId();
  const started = await desk.decide(`refinery:${why}`, (state) =>
    startRefinery(state, { session, why, bead }),
  );
  if (started.status === 'refused') throw new RefineryRefused(started.refusal.rule, started.refusal.text);
  await isStillFor(desk, session, startFrom);
  return session;
}

const overtaken = 'What it worked on was overtaken before it could report.';

/** A session is bound to the commit that it starts from before its container is made. */
async function isStillFor(desk: RefineryDesk, session: string, startFrom: Oid | null): Promise<boolean> {
  if (startFrom === null) return true;
  const ref = sessionRef(desk.convoy(), session);
  const bound = await desk.store.resolve(ref);
  if (bound === null) await pointRef(desk.store, ref, startFrom);
  return bound === null || bound === startFrom;
}

export type RefineryStop = SessionStop | { readonly status: 'workspace-lost' };

/**
 * Runs a session of the Refinery's agent in a container of its own, or goes on with it, until it stops. A container that
 * ended, with its engine perhaps, still has its files: it is started again and the session goes on, three times at most.
 */
export async function runRefinerySession(
  desk: RefineryDesk,
  session: string,
  job: RefineryJob,
  signal: AbortSignal,
  losses = 0,
): Promise<RefineryStop> {
  const { town, stream } = desk;
  const sandbox = await ownSandbox(desk, session, job);
  if (sandbox === null) return { status: 'workspace-lost' };
  const agentDesk = convoyDesk(town, stream, { actor: 'refinery', session });
  const plan = {
    id: session,
    role: 'refinery',
    actor: 'refinery',
    convoy: stream,
    bead: job.bead,
    attempt: null,
    briefing: await job.briefing(),
    offered: [
      ...workspaceTools(sandbox),
      beadTool(agentDesk, 'refinery'),
      rememberTool(agentDesk, job.bead),
      analyzeTool(town, agentDesk, workspaceTools(sandbox)),
      job.report(session, sandbox),
    ],
  } as const;
  try {
    const stop = await holdSession(town, plan, signal);
    await (stop.status === 'interrupted' ? sandbox.stop() : sandbox.remove());
    return stop;
  } catch (error) {
    if (!(error instanceof WorkspaceLost)) throw error;
    return losses < lossesMax
      ? runRefinerySession(desk, session, job, signal, losses + 1)
      : { status: 'workspace-lost' };
  }
}

const lossesMax = 3;

/** Null when the session had begun its work in a container that is gone: that work can't be gone on with. */
async function ownSandbox(desk: RefineryDesk, session: string, job: RefineryJob): Promise<Sandbox | null> {
  const begun = desk.town.ledger.read(`session/${session}`).some((event) => event.type === 'ToolFinished');
  if (begun) return desk.town.sandboxes.find(session);
  return sandboxFor(desk.town, desk.convoy(), job.startFrom, { purpose: 'refinery', session });
}

/** Whether a session has not given its verdict yet. */
export const isUnreported = (desk: RefineryDesk, session: string): boolean =>
  desk.convoy().refinery.some((one) => one.session === session && one.verdict === null);

/** Why a session ended without a verdict, in a sentence. */
export function stopText(stop: Exclude<RefineryStop, { status: 'interrupted' }>): string {
  if (stop.status === 'workspace-lost') return 'The container in which it was worked on was lost.';
  if (stop.status === 'suspended') return 'The session waited for something that it can not wait for.';
  return `The session ended without a report (${stop.outcome}). ${stop.detail}`.trim();
}
