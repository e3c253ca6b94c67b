import { cancelSession } from '../../agent/resume-session.ts';
import { sessionFold } from '../../agent/session-state.ts';
import type { StreamId } from '../../domain/event.ts';
import type { Town } from '../town.ts';
import { giveBack } from './convoy-budget.ts';
import { recordSpending } from './record-spending.ts';

/** Ends a session that nobody runs to its end, and settles what it cost. Safe to do again. */
export async function endSession(
  town: Town,
  stream: StreamId,
  session: string,
  end: { readonly outcome: 'done' | 'cancelled'; readonly detail: string; readonly actor: string },
): Promise<void> {
  const by = { actor: end.actor, cause: stream };
  await cancelSession(town, session, end.detail, by, end.outcome);
  const { started } = town.ledger.load(`session/${session}`, sessionFold).state;
  if (started !== null) {
    await recordSpending(town, stream, { session, role: started.role, bead: started.bead });
  }
  await giveBack(town, stream, session);
}
