import { allowanceBudget } from '../../agent/allowance.ts';
import type { SessionBudget } from '../../agent/session-budget.ts';
import {
  exhaustBudget,
  grantAllowance,
  returnAllowance,
} from '../../domain/convoy/decisions/grant-allowance.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { ConvoyState } from '../../domain/convoy/state.ts';
import type { Decision, StreamId } from '../../domain/event.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { Town } from '../town.ts';

/** Holds the sessions of a convoy to what the convoy granted them; without a cap they are held to nothing. */
export function convoyBudget(town: Town, stream: StreamId): SessionBudget {
  return allowanceBudget({
    whenShort: 'wait',
    priceOf: town.priceOf,
    granted: (session) => {
      const { state } = town.ledger.load(stream, convoyFold);
      const capped = state !== null && state.budgetUsd !== null;
      return { tokens: null, usd: capped ? (state.allowances.get(session) ?? 0) : null };
    },
  });
}

/** A first allowance for a session that has none yet. Where nothing is free, its first request will wait. */
export async function askForAllowance(town: Town, stream: StreamId, session: string): Promise<void> {
  const { state } = town.ledger.load(stream, convoyFold);
  if (state?.allowances.has(session)) return;
  await decide(town, stream, session, (now) => grantAllowance(now, session));
}

export async function giveBack(town: Town, stream: StreamId, session: string): Promise<void> {
  await decide(town, stream, session, (state) => returnAllowance(state, session));
}

/**
 * Grants more, or says that nothing is left and waits until something is: a raised cap, or what another session gave back.
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
    if (granted) {
      await more.cancel();
      return true;
    }
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

const freeing: readonly string[] = ['BudgetRaised', 'AllowanceReturned'];

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
    },
    onError: () => null,
  });
  const stopped = (): void => resolve();
  signal.addEventListener('abort', stopped, { once: true });
  const end = async (): Promise<void> => {
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
