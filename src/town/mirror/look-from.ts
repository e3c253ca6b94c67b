import type { Effect } from '../../domain/convoy/state.ts';

/** More than two clocks differ that are kept at all. */
const skewMs = 15 * 60_000;

/**
 * Since when GitHub is to be searched for what an effect left there (ISO 8601). Its clock is not the town's, and counts
 * whole seconds: asked for what came after the very moment of the intent, it would leave out what came of it.
 */
export function lookFrom(effect: Effect): string {
  return new Date(Date.parse(effect.intendedAt) - skewMs).toISOString();
}
