import { randomUUID } from 'node:crypto';
import { resumeSession } from '../../agent/resume-session.ts';
import type { SessionStop } from '../../agent/session.ts';
import { suspendedSession } from '../../agent/suspended-session.ts';
import { isAwaitOver } from '../../domain/convoy/await-beads.ts';
import { reportMayor, startMayor } from '../../domain/convoy/decisions/report-mayor.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import type { StreamId } from '../../domain/event.ts';
import type { StepPause } from '../dispatch/step-pause.ts';
import { holdSession } from '../session/hold-session.ts';
import { rigMemory } from '../session/rig-memory.ts';
import { type ConvoyDesk, convoyDesk } from '../tools/convoy-desk.ts';
import type { Town } from '../town.ts';
import { lookAtAwaited } from './awaiting.ts';
import { mayorBriefing } from './mayor-briefing.ts';
import { mayorTools } from './mayor-tools.ts';
import { proposeDuePlan } from './propose-plan.ts';

/** Starts the convoy's Mayor or lets it go on; comes back when the Mayor has reported, or waits for beads. */
export async function runMayor(town: Town, stream: StreamId, signal: AbortSignal): Promise<StepPause> {
  const session = await sessionOf(town, stream);
  const desk = convoyDesk(town, stream, { actor: 'mayor', session });
  for (;;) {
    // Each event of the convoy comes by here: what only waits is not made ready for more.
    const stop = suspendedSession(town.ledger, session) ?? (await oneRun(town, desk, session, signal));
    if (stop.status === 'interrupted') return { wakeAt: null };
    if (stop.status === 'ended') {
      await report(desk, session, stop);
      await proposeDuePlan(town, stream);
      return { wakeAt: null };
    }
    await proposeDuePlan(town, stream);
    const awaited = lookAtAwaited(desk.convoy(), stop.waitingFor, town.clock());
    if (awaited.status === 'waiting') return { wakeAt: awaited.wakeAt };
    await resumeSession(town, session, { callId: stop.callId, result: awaited.result });
  }
}

async function oneRun(
  town: Town,
  desk: ConvoyDesk,
  session: string,
  signal: AbortSignal,
): Promise<SessionStop> {
  const convoy = desk.convoy();
  const plan = {
    id: session,
    role: 'mayor',
    actor: desk.actor,
    convoy: desk.stream,
    bead: null,
    attempt: null,
    briefing: await briefing(town, convoy),
    unfinished: () => !isPlanWorked(desk.convoy()),
    offered: await mayorTools(town, desk),
  } as const;
  return holdSession(town, plan, signal);
}

/** Something was ordered, and all that was ordered is settled. */
const isPlanWorked = (convoy: Convoy): boolean =>
  isAwaitOver(convoy) && [...convoy.beads.values()].some((bead) => bead.slung);

async function sessionOf(town: Town, stream: StreamId): Promise<string> {
  const { state } = await town.ledger.decide({
    stream,
    fold: convoyFold,
    actor: 'town',
    cause: 'convoy-opened',
    decide: (now) => startMayor(now, town.newId()),
  });
  if (!state?.mayor) throw new Error(`${stream} has no Mayor.`);
  return state.mayor.session;
}

async function report(desk: ConvoyDesk, session: string, stop: Extract<SessionStop, { status: 'ended' }>) {
  const finished = stop.outcome === 'finished' || stop.outcome === 'done';
  const words = finished
    ? stop.text
    : `The Mayor's session ended early (${stop.outcome}). ${stop.detail}`.trim();
  await desk.decide((state) => reportMayor(state, { session, finished, report: words }));
}

const filesShown = 200;

async function briefing(town: Town, convoy: Convoy): Promise<string> {
  const { repository, base } = convoy.opened;
  const store = await town.git.open(repository.id);
  const files = await store.listFiles(base.commit, '', { recursive: false, limit: filesShown });
  const memory = await rigMemory(town, convoy, base.commit);
  return mayorBriefing(convoy, { files, memory }, randomUUID().slice(0, 8));
}
