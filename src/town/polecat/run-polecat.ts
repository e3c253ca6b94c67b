import { randomUUID } from 'node:crypto';
import { WorkspaceLost } from '../../agent/ports/workspace.ts';
import type { SessionStop } from '../../agent/session.ts';
import type { Bead, Lease } from '../../domain/bead/bead.ts';
import { releaseBead } from '../../domain/convoy/decisions/release-bead.ts';
import type { StreamId } from '../../domain/event.ts';
import { sandboxFor } from '../dispatch/start-sandbox.ts';
import type { Sandbox } from '../ports/sandbox.ts';
import { holdSession, type SessionPlan } from '../session/hold-session.ts';
import { rigMemory } from '../session/rig-memory.ts';
import { type ConvoyDesk, convoyDesk } from '../tools/convoy-desk.ts';
import type { Town } from '../town.ts';
import { attemptSummary } from './attempt-summary.ts';
import { hearNotes } from './hear-notes.ts';
import { polecatBriefing } from './polecat-briefing.ts';
import { polecatTools } from './polecat-tools.ts';
import { startingPlace, type WorkPlace } from './work-place.ts';

/** Works a bead that this runner holds, in a container of its own, until it is closed or given back. */
export async function runPolecat(
  town: Town,
  stream: StreamId,
  number: number,
  session: string,
  signal: AbortSignal,
): Promise<void> {
  const desk = convoyDesk(town, stream, { actor: actorOf(town, stream, number), session });
  const bead = desk.convoy().beads.get(number);
  if (bead?.lease?.session !== session) return;
  // A container that ended, with its engine perhaps, still has its files: it is started again and the session goes on.
  for (let losses = 0; losses <= lossesMax; losses += 1) {
    // A session that is new has its first reply to wait for meanwhile; no other is asked for before there is a container.
    const isNew = town.ledger.read(`session/${session}`).length === 0;
    const starting = ownSandbox(town, desk, bead, bead.lease);
    if (!isNew && (await starting) === null) break;
    const failed = new AbortController();
    starting.catch((error: unknown) => failed.abort(error));
    const place = startingPlace(starting);
    const both = AbortSignal.any([signal, failed.signal]);
    const stop = await work(town, desk, bead, bead.lease, place, both);
    const sandbox = await starting;
    if (sandbox === null) break;
    if (stop.status === 'workspace-lost') continue;
    if (stop.status === 'interrupted') {
      const held = desk.convoy().beads.get(number)?.lease?.session === session;
      await (held ? sandbox.stop() : sandbox.remove());
      return;
    }
    await release(town, desk, number, session, reasonOf(stop));
    await sandbox.remove();
    return;
  }
  await release(town, desk, number, session, 'its container was lost');
}

const lossesMax = 3;

function actorOf(town: Town, stream: StreamId, number: number): string {
  const topic = convoyDesk(town, stream, { actor: 'town', session: '' }).convoy().beads.get(number)?.topic;
  return `polecat:${topic ?? number}`;
}

/** Null when the session had begun its work in a container that is gone: that work can't be gone on with. */
async function ownSandbox(town: Town, desk: ConvoyDesk, bead: Bead, lease: Lease): Promise<Sandbox | null> {
  const begun = town.ledger.read(`session/${lease.session}`).some((event) => event.type === 'ToolFinished');
  if (begun) return town.sandboxes.find(lease.session);
  const purpose = `bead ${bead.number} attempt ${lease.attempt}`;
  return sandboxFor(town, desk.convoy(), lease.from, { purpose, session: lease.session });
}

async function work(
  town: Town,
  desk: ConvoyDesk,
  bead: Bead,
  lease: Lease,
  place: WorkPlace,
  signal: AbortSignal,
): Promise<SessionStop | { readonly status: 'workspace-lost' }> {
  // From before the briefing is made, which holds what was noted until then.
  const hearing = hearNotes(town, { stream: desk.stream, bead: bead.number, session: lease.session });
  try {
    return await holdSession(town, await planOf(town, desk, bead, lease, place), signal);
  } catch (error) {
    if (!(error instanceof WorkspaceLost)) throw error;
    return { status: 'workspace-lost' };
  } finally {
    await hearing.close();
  }
}

async function planOf(
  town: Town,
  desk: ConvoyDesk,
  bead: Bead,
  lease: Lease,
  place: WorkPlace,
): Promise<SessionPlan> {
  const memory = await rigMemory(town, desk.convoy(), lease.from);
  return {
    id: lease.session,
    role: 'polecat',
    actor: desk.actor,
    convoy: desk.stream,
    bead: bead.number,
    attempt: lease.attempt,
    briefing: polecatBriefing(desk.convoy(), bead, memory, randomUUID().slice(0, 8)),
    reminder: `Bead ${bead.number} is still yours and open. Finish the work, note its result, and close it: bead(action='close', id=${bead.number}). There is no other way to end.`,
    offered: polecatTools(
      town,
      desk,
      { number: bead.number, session: lease.session, from: lease.from },
      place,
    ),
  };
}

/** Gives the bead back unless the session closed it. */
async function release(
  town: Town,
  desk: ConvoyDesk,
  bead: number,
  session: string,
  reason: string,
): Promise<void> {
  if (desk.convoy().beads.get(bead)?.lease?.session !== session) return;
  const summary = attemptSummary(town.ledger.read(`session/${session}`));
  await desk.decide((state) => releaseBead(state, { bead, session, reason, summary }));
}

function reasonOf(stop: SessionStop): string {
  if (stop.status !== 'ended') return 'its session waited for something that a polecat can not wait for';
  const how =
    stop.outcome === 'finished'
      ? 'it stopped without closing its bead'
      : `its session ended: ${stop.outcome}`;
  return stop.detail === '' ? how : `${how} (${stop.detail})`;
}
