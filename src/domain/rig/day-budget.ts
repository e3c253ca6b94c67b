import { accept, type Decision, type Fold, type FoldedEventOf, refuse } from '../event.ts';
import { type Refusal, refusal } from '../refusal.ts';

/** What a rig granted to its convoys: in all, by convoy, and by day. Dollars; days as `2030-01-31`, UTC. */
export interface RigGrants {
  readonly byConvoy: ReadonlyMap<string, number>;
  readonly byDay: ReadonlyMap<string, number>;
  /** The newest day on which something was granted to a convoy: what it gives back belongs to that one. */
  readonly lastDay: ReadonlyMap<string, string>;
}

export const rigGrantsFold: Fold<RigGrants> = {
  name: 'rig-grants',
  version: 1,
  initial: () => ({ byConvoy: new Map(), byDay: new Map(), lastDay: new Map() }),
  evolve(state, event) {
    if (event.type === 'BudgetReserved') return granted(state, event);
    return event.type === 'BudgetReturned' ? givenBack(state, event) : state;
  },
};

function granted(state: RigGrants, { data }: FoldedEventOf<'BudgetReserved'>): RigGrants {
  const day = data.day ?? '';
  return {
    byConvoy: plus(state.byConvoy, data.for, data.usd),
    byDay: plus(state.byDay, day, data.usd),
    lastDay: new Map(state.lastDay).set(data.for, day),
  };
}

function givenBack(state: RigGrants, { data }: FoldedEventOf<'BudgetReturned'>): RigGrants {
  return {
    ...state,
    byConvoy: plus(state.byConvoy, data.for, -data.usd),
    byDay: plus(state.byDay, data.day, -data.usd),
  };
}

function plus(sums: ReadonlyMap<string, number>, key: string, usd: number): ReadonlyMap<string, number> {
  return new Map(sums).set(key, (sums.get(key) ?? 0) + usd);
}

/** What one grant is of a day's budget, so that several convoys can work side by side. */
const shareOfDay = 1 / 4;

/** The day of a time, UTC: `2030-01-31`. */
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/**
 * Grants a convoy a part of the day's budget, or the rest where that is less; never more than `wanted`. Decided in the
 * rig's stream, so that convoys that ask at the same time can't be granted the same dollar.
 */
export function reserveOfDay(
  state: RigGrants,
  asked: {
    readonly convoy: string;
    readonly day: string;
    /** What the rig may spend in a day. */
    readonly capUsd: number;
    /** What the convoy could still use under its own cap. */
    readonly wantedUsd: number;
  },
): Decision<Refusal> {
  const { convoy, day, capUsd, wantedUsd } = asked;
  const free = capUsd - (state.byDay.get(day) ?? 0);
  const usd = Math.min(capUsd * shareOfDay, free, wantedUsd);
  if (usd < smallestUsd) {
    return refuse(
      refusal('day-budget-exhausted', `Nothing of the ${capUsd.toFixed(2)} US dollars of ${day} is free.`),
    );
  }
  return accept({ type: 'BudgetReserved', data: { for: convoy, tokens: 0, usd, day } });
}

/** Less is not worth an event. */
const smallestUsd = 0.000_001;

/** Takes back what a convoy that has ended did not spend. */
export function returnToDay(
  state: RigGrants,
  given: { readonly convoy: string; readonly spentUsd: number },
): Decision<Refusal> {
  const usd = (state.byConvoy.get(given.convoy) ?? 0) - given.spentUsd;
  const day = state.lastDay.get(given.convoy);
  if (day === undefined || usd < smallestUsd) return accept();
  return accept({ type: 'BudgetReturned', data: { for: given.convoy, usd, day } });
}
