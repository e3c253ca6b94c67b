import type { Ledger } from '../ledger/ports/ledger.ts';
import { budgetCall, overseerCall, type SessionStop } from './session.ts';
import { sessionFold, waiting } from './session-state.ts';

/**
 * Where a session stopped that only waits for one of its own calls: what running it again would come back with, without
 * making it ready for that. Null for any other.
 */
export function suspendedSession(
  ledger: Ledger,
  session: string,
): Extract<SessionStop, { status: 'suspended' }> | null {
  const { state } = ledger.load(`session/${session}`, sessionFold);
  const turn = state.turns.at(-1);
  const [call] = waiting(state);
  if (state.ended || turn === undefined || call === undefined) return null;
  if (call.name === budgetCall || call.name === overseerCall) return null;
  const begun = new Set(turn.calls.map(({ callId }) => callId));
  if (turn.reply.toolCalls.some(({ id }) => !begun.has(id))) return null;
  return { status: 'suspended', callId: call.callId, tool: call.name, waitingFor: call.waitingFor };
}
