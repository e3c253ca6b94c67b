import { appendToLedger, appendToReference } from './append.ts';
import { bytesPerEvent } from './bytes.ts';
import { foldHundred, loadTenThousand } from './fold.ts';
import { fillReference, inlineLatency, ledgerLatency } from './latency.ts';
import { fillConvoys } from './million.ts';
import { rebuildBoard } from './rebuild.ts';
import { fillRefs, workRefs } from './refs.ts';

/** What can be measured in a process of its own. */
export const measurements = {
  appendToLedger,
  appendToReference,
  bytesPerEvent,
  fillConvoys,
  fillReference,
  fillRefs,
  foldHundred,
  inlineLatency,
  ledgerLatency,
  loadTenThousand,
  rebuildBoard,
  workRefs,
} as const;

if (process.argv[1] === import.meta.filename) {
  const [name = '', args = '[]'] = process.argv.slice(2);
  const measure: unknown = Object.entries(measurements).find(([key]) => key === name)?.[1];
  if (typeof measure !== 'function') throw new Error(`there is no measurement ${name}`);
  const result: unknown = await measure(...JSON.parse(args));
  process.stdout.write(`${JSON.stringify(result ?? null)}\n`);
}
