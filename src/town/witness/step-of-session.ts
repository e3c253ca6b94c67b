import type { ConvoyState } from '../../domain/convoy/state.ts';

/** The key of the step in which a session is worked; null for one that is not at work for the convoy. */
export function stepOfSession(convoy: ConvoyState, session: string): string | null {
  if (convoy?.mayor?.session === session) return 'mayor';
  if (convoy?.refinery.some((one) => one.session === session)) return 'refinery';
  return `polecat ${session}`;
}
