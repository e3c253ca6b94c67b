import { accept, type Decision, refuse } from '../../event.ts';
import { type Refusal, refusal } from '../../refusal.ts';
import type { Convoy, ConvoyState } from '../state.ts';
import { openConvoy } from './rules.ts';

/** The part of a cap that a session is granted at once, so that several can work side by side. */
const shareOfCap = 1 / 20;

/**
 * What the convoy may spend in all: its own cap, or what its rig's day has granted it so far where that is less. People's
 * raises count for both. Null: no cap.
 */
export function capUsd({ budgetUsd, fundedUsd, raisedUsd, opened }: Convoy): number | null {
  const funds = opened.settings.dayBudgetUsd === undefined ? null : fundedUsd + raisedUsd;
  if (budgetUsd === null || funds === null) return budgetUsd ?? funds;
  return Math.min(budgetUsd, funds);
}

/** Dollars of the cap that nobody holds: neither spent nor granted to a session that may still spend them. Null without a cap. */
export function freeUsd(convoy: Convoy): number | null {
  const cap = capUsd(convoy);
  if (cap === null) return null;
  const sessions = new Set([...convoy.allowances.keys(), ...convoy.spentBySession.keys()]);
  let held = 0;
  for (const session of sessions) {
    held += Math.max(convoy.allowances.get(session) ?? 0, convoy.spentBySession.get(session)?.usd ?? 0);
  }
  return cap - held;
}

/**
 * Grants a session a part of the cap, or the rest where that is less, before it spends anything; refused when nothing is free.
 * Decided in the convoy's stream, so that sessions that ask at the same time can't be granted the same dollar.
 */
export function grantAllowance(state: ConvoyState, session: string): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  const free = freeUsd(open.value);
  if (free === null) return accept();
  if (free <= 0) return refuse(refusal('budget-exhausted', 'Nothing of the budget is free.'));
  const usd = Math.min(free, (capUsd(open.value) ?? 0) * shareOfCap);
  return accept({ type: 'AllowanceGranted', data: { session, tokens: 0, usd } });
}

/** Says, once until the cap is raised, that sessions wait because nothing of it is left. */
export function exhaustBudget(state: ConvoyState): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  const { exhausted, spent } = open.value;
  const cap = capUsd(open.value);
  if (cap === null || exhausted) return accept();
  return accept({ type: 'BudgetExhausted', data: { spentUsd: spent.usd, capUsd: cap } });
}

/** Takes in what the rig has reserved for the convoy so far, `reservedUsd` in all; what it has already is not added again. */
export function takeFunds(state: ConvoyState, reservedUsd: number): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  const usd = reservedUsd - open.value.fundedUsd;
  return usd > 0 ? accept({ type: 'BudgetFunded', data: { usd } }) : accept();
}

/** Gives back what a session that has ended did not spend. */
export function returnAllowance(state: ConvoyState, session: string): Decision<Refusal> {
  if (state === null) return refuse(refusal('convoy-unknown', 'There is no such convoy.'));
  const granted = state.allowances.get(session) ?? 0;
  const usd = granted - (state.spentBySession.get(session)?.usd ?? 0);
  return usd > 0 ? accept({ type: 'AllowanceReturned', data: { session, tokens: 0, usd } }) : accept();
}

/** A person raises the cap. */
export function raiseBudget(
  state: ConvoyState,
  more: { readonly by: string; readonly usd: number },
): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  if (capUsd(open.value) === null) return refuse(refusal('no-cap', 'The convoy has no cap to raise.'));
  if (!(more.usd > 0)) return refuse(refusal('sum-unreadable', 'Say by how much: `/budget +5usd`.'));
  return accept({ type: 'BudgetRaised', data: more });
}
