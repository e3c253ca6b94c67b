import { type SessionState, sessionFold } from '../../agent/session-state.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import type { StreamId } from '../../domain/event.ts';
import { openCheck } from '../../domain/patrol/patrol-state.ts';
import type { SessionOutcome } from '../../domain/session/events.ts';
import type { Town } from '../town.ts';
import { endSession } from './end-session.ts';

/** A session that nobody will go on with, although its stream has no end. */
export interface LeftSession {
  readonly convoy: StreamId;
  readonly session: string;
  readonly outcome: Extract<SessionOutcome, 'done' | 'cancelled'>;
  readonly detail: string;
}

/**
 * The sessions of a convoy that were cut off and that nothing takes up again: an analyst whose caller was told that the call
 * was interrupted, a polecat that was killed just after it closed its bead. To be asked while none of the convoy's work runs.
 */
export function leftSessions(town: Town, stream: StreamId): readonly LeftSession[] {
  const { state: convoy } = town.ledger.load(stream, convoyFold);
  if (convoy === null) return [];
  const since = Date.parse(convoy.openedAt);
  return town.ledger.streams('session/').flatMap((name) => {
    const session = name.slice('session/'.length);
    if (bornAt(session) < since - clockSkewMs) return [];
    const { state } = town.ledger.load(name, sessionFold);
    if (state.started?.convoy !== stream || state.ended) return [];
    return isTakenUp(convoy, session) ? [] : [{ convoy: stream, session, ...fateOf(convoy, session, state) }];
  });
}

/** Writes the ends that their processes didn't come to. */
export async function endLeftSessions(town: Town, left: readonly LeftSession[]): Promise<void> {
  for (const { convoy, session, ...end } of left) {
    await endSession(town, convoy, session, { ...end, actor: 'town' });
  }
}

const clockSkewMs = 60_000;

/** A session's id is a UUID of version 7: its first 48 bits are the time at which it was made. */
const bornAt = (session: string): number => Number.parseInt(session.replace('-', '').slice(0, 12), 16);

function isTakenUp(convoy: Convoy, session: string): boolean {
  if (convoy.ended) return false;
  if (convoy.mayor?.session === session) return convoy.mayor.reported === null;
  if (openCheck(convoy.patrol)?.session === session) return true;
  if ([...convoy.crew.values()].some((member) => member.session === session)) return true;
  if (convoy.refinery.some((one) => one.session === session && one.verdict === null)) return true;
  return [...convoy.beads.values()].some((bead) => bead.lease?.session === session);
}

type Fate = Pick<LeftSession, 'outcome' | 'detail'>;

function fateOf(convoy: Convoy, session: string, { started }: SessionState): Fate {
  const bead = convoy.beads.get(started?.bead ?? 0);
  const concluded =
    bead?.closedBy === session || convoy.refinery.some((one) => one.session === session && one.verdict);
  if (concluded) return { outcome: 'done', detail: '' };
  const detail = convoy.ended ? `The convoy has ended (${convoy.ended.how}).` : 'Its process ended.';
  return { outcome: 'cancelled', detail };
}
