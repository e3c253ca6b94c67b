import type { Bead } from '../bead/bead.ts';
import { isDelivered } from '../bead/derive.ts';
import type { Convoy, Spent } from '../convoy/state.ts';
import type { PatrolLimits } from './patrol-limits.ts';
import type { Finding } from './patrol-state.ts';
import type { SessionHealth } from './session-health.ts';

/** Whether a bead takes many times the tokens that delivered beads of its convoy took, all its attempts together. */
export function findOverspending(
  convoy: Convoy,
  bead: Bead,
  session: string,
  health: SessionHealth,
  { overspending }: PatrolLimits,
): readonly Finding[] {
  const others = [...convoy.beads.values()]
    .filter(isDelivered)
    .map((one) => tokens(convoy.spentByBead.get(one.number)));
  if (others.length < overspending.leastBeads) return [];
  const unrecorded = health.tokens - tokens(convoy.spentBySession.get(session));
  const own = tokens(convoy.spentByBead.get(bead.number)) + Math.max(0, unrecorded);
  const times = own / Math.max(1, median(others));
  if (own < overspending.leastTokens || times < overspending.nudgeTimes) return [];
  const action = times >= overspending.quarantineTimes ? 'quarantine' : 'nudge';
  const detail = `it took ${Math.floor(times)} times the tokens that other beads of this convoy took`;
  return [{ rule: 'overspending', action, bead: bead.number, session, detail }];
}

const tokens = (spent: Spent | undefined): number =>
  spent === undefined ? 0 : spent.inputTokens + spent.outputTokens;

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
