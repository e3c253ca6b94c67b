import { allowanceBudget } from '../../agent/allowance.ts';
import type { SessionBudget } from '../../agent/session-budget.ts';
import {
  capUsd,
  exhaustBudget,
  grantAllowance,
  returnAllowance,
} from '../../domain/convoy/decisions/grant-allowance.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { ConvoyState } from '../../domain/convoy/state.ts';
import type { Decision, StreamId } from '../../domain/event.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { Town } from '../town.ts';
import { fundConvoy, msToNextDay } from './fund-convoy.ts';

/** Holds the sessions of a convoy to what the convoy granted them; without a cap they are held to nothing. */
export function convoyBudget(town: Town, stream: StreamId): SessionBudget {
  return allowanceBudget({
    whenShort: 'wait',
    priceOf: town.priceOf,
    granted: (session) => {
      const { state } = town.ledger.load(stream, convoyFold);
      const capped = state !== null && capUsd(state) !== null;
      return { tokens: null, usd: capped ? (state.allowances.get(session) ?? 0) : null };
    },
  });
}

/** A first allowance for a session that has none yet. Where nothing is free, its first request will wait. */
export async function askForAllowance(town: Town, stream: StreamId, session: string): Promise<void> {
  const { state } = town.ledger.load(stream, convoyFold);
  if (state?.allowances.has(session)) return;
  const grant = (now: ConvoyState) => grantAllowance(now, session);
  if (await decide(town, stream, session, grant)) return;
  if (await fundConvoy(town, stream)) await decide(town, stream, session, grant);
}

export async function giveBack(town: Town, stream: StreamId, session: string): Promise<void> {
  await decide(town, stream, session, (state) => returnAllowance(state, session));
}

/**
 * Grants more, of the rig's day where the convoy has nothing left, or says that nothing is left and waits until something
 * is: a raised cap, what another session or convoy gave back, or the next day.
 * False when the signal was aborted first.
 */
export async function waitForAllowance(
  town: Town,
  stream: StreamId,
  session: string,
  signal: AbortSignal,
): Promise<boolean> {
  while (!signal.aborted) {
    const more = nextFreed(town, stream, signal);
    const granted = await decide(town, stream, session, (state) => grantAllowance(state, session));
    const funded = !granted && (await fundConvoy(town, stream));
    if (granted || funded) await more.cancel();
    if (granted) return true;
    if (funded) continue;
    await decide(town, stream, session, exhaustBudget);
    await more.happened;
  }
  return false;
}

async function decide(
  town: Town,
  stream: StreamId,
  session: string,
  decision: (state: ConvoyState) => Decision<Refusal>,
): Promise<boolean> {
  const provenance = { actor: 'town', cause: `session/${session}` };
  const result = await town.ledger.decide({ ...provenance, stream, fold: convoyFold, decide: decision });
  return result.status !== 'refused';
}

const freeing: readonly string[] = ['BudgetRaised', 'BudgetFunded', 'AllowanceReturned'];

/** The next event that frees money, or the end of the wait; listened for from now on, so that none is missed. */
function nextFreed(
  town: Town,
  stream: StreamId,
  signal: AbortSignal,
): { readonly happened: Promise<void>; cancel(): Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const subscription = town.ledger.subscribe({
    after: 'now',
    handle: (event) => {
      if (event.stream === stream && freeing.includes(event.type)) resolve();
      if (event.type === 'BudgetReturned') resolve();
    },
    onError: () => null,
  });
  const stopped = (): void => resolve();
  const nextDay = town.later(stopped, msToNextDay(town.clock()));
  signal.addEventListener('abort', stopped, { once: true });
  const end = async (): Promise<void> => {
    clearTimeout(nextDay);
    signal.removeEventListener('abort', stopped);
    await subscription.close();
  };
  const happened = promise.then(end);
  return {
    happened,
    cancel: () => {
      resolve();
      return happened;
    },
  };
}
