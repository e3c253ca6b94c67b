import type { HookAttempt, HookDeliveries } from '../ports/hook-deliveries.ts';
import type { Town } from '../town.ts';

/** As long as GitHub keeps a webhook that it could not deliver. */
export const redeliveryWindowMs = 3 * 24 * 60 * 60_000;
/** A webhook that the town's door refuses each time is broken, not lost. */
const attemptsMax = 5;

/** Asks GitHub for every webhook since a time that never reached the inbox. Gives how many were asked for. */
export async function askForLostDeliveries(town: Town, hooks: HookDeliveries, since: Date): Promise<number> {
  const byGuid = Map.groupBy(await hooks.since(since), ({ guid }) => guid);
  const lost = [...byGuid.values()].flatMap((attempts) =>
    isLost(town, attempts) ? attempts.slice(0, 1) : [],
  );
  // The oldest first, as they would have come.
  for (const { id } of lost.reverse()) await hooks.sendAgain(id);
  return lost.length;
}

/** An answer of 2xx means that it was stored; another answer may have been lost after it was. */
function isLost(town: Town, attempts: readonly HookAttempt[]): boolean {
  if (attempts.length >= attemptsMax || attempts.some(({ taken }) => taken)) return false;
  return attempts.every(({ guid }) => !town.ledger.inbox.knows(guid));
}
