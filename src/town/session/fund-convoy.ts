import { takeFunds } from '../../domain/convoy/decisions/grant-allowance.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import type { StreamId } from '../../domain/event.ts';
import { dayOf, reserveOfDay, returnToDay, rigGrantsFold } from '../../domain/rig/day-budget.ts';
import { rigStream } from '../../domain/rig/rig-stream.ts';
import type { Town } from '../town.ts';

const rigOf = (convoy: Convoy): StreamId => rigStream(convoy.opened.repository.id);

/**
 * Reserves a further part of the rig's day for a convoy, and tells the convoy. False where the rig has no cap for a day,
 * or where nothing is free. A reservation that the convoy was never told of, because the process ended, is told first.
 */
export async function fundConvoy(town: Town, stream: StreamId): Promise<boolean> {
  const { state: convoy } = town.ledger.load(stream, convoyFold);
  const capUsd = convoy?.opened.settings.dayBudgetUsd;
  if (!convoy || capUsd === undefined) return false;
  const { fundedUsd, raisedUsd, budgetUsd } = convoy;
  const own = budgetUsd === null ? Number.POSITIVE_INFINITY : budgetUsd - fundedUsd - raisedUsd;
  const asked = { convoy: stream, day: dayOf(town.clock()), capUsd, wantedUsd: own };
  if (reservedFor(town, convoy) <= fundedUsd) {
    const reserved = await town.ledger.decide({
      stream: rigOf(convoy),
      fold: rigGrantsFold,
      actor: 'town',
      cause: stream,
      decide: (rig) => reserveOfDay(rig, asked),
    });
    if (reserved.status === 'refused') return false;
  }
  const reservedUsd = reservedFor(town, convoy);
  const told = await town.ledger.decide({
    stream,
    fold: convoyFold,
    actor: 'town',
    cause: rigOf(convoy),
    decide: (state) => takeFunds(state, reservedUsd),
  });
  return told.status !== 'refused';
}

function reservedFor(town: Town, convoy: Convoy): number {
  const { state } = town.ledger.load(rigOf(convoy), rigGrantsFold);
  return state.byConvoy.get(convoy.stream) ?? 0;
}

/** Gives back to the rig's day what an ended convoy did not spend of it. */
export async function returnFunds(town: Town, stream: StreamId): Promise<void> {
  const { state: convoy } = town.ledger.load(stream, convoyFold);
  if (convoy?.opened.settings.dayBudgetUsd === undefined) return;
  const spentUsd = Math.max(0, convoy.spent.usd - convoy.raisedUsd);
  await town.ledger.decide({
    stream: rigOf(convoy),
    fold: rigGrantsFold,
    actor: 'town',
    cause: stream,
    decide: (rig) => returnToDay(rig, { convoy: stream, spentUsd }),
  });
}

/** Milliseconds until the next day (UTC) has begun. */
export function msToNextDay(now: Date): number {
  const next = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1);
  return next - now.getTime() + 1;
}
