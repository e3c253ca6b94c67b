import type { NewEvent } from '../event.ts';

const forEveryRun: ReadonlySet<NewEvent['type']> = new Set([
  'AllowanceReturned',
  'BudgetFunded',
  'BudgetRaised',
  'ConvoyCancelled',
  'ConvoyFailed',
  'ConvoyLanded',
]);

/** Effects on GitHub speak of a bead too, and mean nothing to whoever works it. */
const forNoRun: ReadonlySet<NewEvent['type']> = new Set([
  'BeadSlung',
  'LeaseRenewed',
  'BudgetSpent',
  'RunEnded',
  'RunStarted',
]);

/** Whether a run that works a bead must soon hear of an event; all others it hears along with the next that it must. */
export function concernsRun(event: NewEvent, bead: number): boolean {
  if (forEveryRun.has(event.type)) return true;
  return !forNoRun.has(event.type) && 'bead' in event.data && event.data.bead === bead;
}
