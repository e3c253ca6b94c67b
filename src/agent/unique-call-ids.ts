import type { ToolCall } from '../domain/session/events.ts';

/**
 * Gives calls whose id is missing or was used before one of their own: results are matched with calls by id within a whole
 * session, and some endpoints give none, or begin anew at each reply. Nine letters and digits, because some take no other shape.
 */
export function uniqueCallIds(
  calls: readonly ToolCall[],
  usedBefore: ReadonlySet<string>,
  turn: number,
): ToolCall[] {
  const used = new Set(usedBefore);
  return calls.map((call, index) => {
    const taken = call.id === '' || used.has(call.id);
    const id = taken ? `t${String(turn).padStart(4, '0')}c${String(index).padStart(3, '0')}` : call.id;
    used.add(id);
    return { ...call, id };
  });
}
