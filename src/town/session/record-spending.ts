import { costOf } from '../../agent/price.ts';
import { recordSpent } from '../../domain/convoy/decisions/record-spent.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { StreamId } from '../../domain/event.ts';
import type { RoleName, Usage } from '../../domain/session/events.ts';
import type { Town } from '../town.ts';

interface Spender {
  readonly session: string;
  readonly role: RoleName;
  readonly bead: number | null;
}

/**
 * Brings the convoy's account of a session up to date with the session's own stream: only the difference is written, so
 * that a session that was cut off and goes on is never counted twice.
 */
export async function recordSpending(town: Town, stream: StreamId, spender: Spender): Promise<void> {
  const total = totalOf(town, spender.session);
  if (total === null) return;
  await town.ledger.decide({
    stream,
    fold: convoyFold,
    actor: 'town',
    cause: `session/${spender.session}`,
    decide: (state) => recordSpent(state, { ...spender, ...total }),
  });
}

interface Total {
  readonly model: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly usd: number;
}

function totalOf(town: Town, session: string): Total | null {
  let total: Total | null = null;
  for (const event of town.ledger.read(`session/${session}`)) {
    if (event.type === 'SessionStarted')
      total = { model: event.data.model, inputTokens: 0, outputTokens: 0, usd: 0 };
    if (total === null) continue;
    if (event.type === 'ModelReplied') total = plus(total, event.data.usage, event.data.model, town);
    if (event.type === 'ContextCompacted') total = plus(total, event.data.usage, total.model, town);
  }
  return total;
}

function plus(total: Total, usage: Usage, model: string, town: Town): Total {
  return {
    model,
    inputTokens: total.inputTokens + usage.inputTokens,
    outputTokens: total.outputTokens + usage.outputTokens,
    usd: total.usd + costOf(usage, town.priceOf(model).price),
  };
}
