import { accept, type Decision, refuse } from '../../event.ts';
import type { EventData } from '../../event-types.ts';
import { type Refusal, refusal } from '../../refusal.ts';
import type { ConvoyState } from '../state.ts';

/**
 * Brings the convoy's account of a session up to what the session has cost in all: only the difference is written, so that
 * what is told twice is counted once.
 */
export function recordSpent(state: ConvoyState, total: EventData['BudgetSpent']): Decision<Refusal> {
  if (state === null) return refuse(refusal('convoy-unknown', 'There is no such convoy.'));
  const known = state.spentBySession.get(total.session);
  const data = {
    ...total,
    inputTokens: Math.max(0, total.inputTokens - (known?.inputTokens ?? 0)),
    outputTokens: Math.max(0, total.outputTokens - (known?.outputTokens ?? 0)),
    usd: Math.max(0, total.usd - (known?.usd ?? 0)),
  };
  return data.inputTokens + data.outputTokens > 0 ? accept({ type: 'BudgetSpent', data }) : accept();
}
