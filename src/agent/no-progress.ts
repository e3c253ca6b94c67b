import type { Turn } from './session-state.ts';

/** After so many turns in a row that bring nothing new a session is ended. */
export const noProgressLimit = 4;

/**
 * How many of the last turns, counted back from the newest, did nothing but repeat an earlier turn: the same calls with the
 * same results. A call that waited for something outside is never a repetition.
 */
export function turnsWithoutProgress(turns: readonly Turn[]): number {
  const seen = new Set<string>();
  let repeats = 0;
  for (const turn of turns) {
    const print = fingerprint(turn);
    repeats = print !== null && seen.has(print) ? repeats + 1 : 0;
    if (print !== null) seen.add(print);
  }
  return repeats;
}

/** A turn never changes once its calls have their results, and a long session asks for all its turns at each step. */
const fingerprints = new WeakMap<Turn, string>();

function fingerprint(turn: Turn): string | null {
  if (turn.reply.toolCalls.length === 0 || turn.calls.some((call) => call.suspended)) return null;
  const known = fingerprints.get(turn);
  if (known !== undefined) return known;
  const print = JSON.stringify(
    turn.reply.toolCalls.map((call) => [
      call.name,
      call.arguments,
      turn.calls.find((answered) => answered.callId === call.id)?.result ?? null,
    ]),
  );
  fingerprints.set(turn, print);
  return print;
}
