import type { RecordedEvent } from '../../src/domain/event.ts';
import { openReader } from '../../src/ledger/open-reader.ts';
import { verifyLedger } from '../../src/ledger/queries/verify-ledger.ts';
import { ledgerFile, openEffects, readEvents } from '../world/ledger-watch.ts';
import type { Task } from '../world/task.ts';
import type { World } from '../world/world.ts';

/** The ledger must be whole, each bead landed once, nothing that was acknowledged missing, and no reply paid for twice. */
export function findInLedger(
  world: World,
  tasks: readonly Task[],
  seen: readonly RecordedEvent[],
  lives: number,
): string[] {
  const wrong: string[] = [];
  const events = readEvents(world.data);
  const there = new Set(events.map(({ id }) => id));
  const missing = seen.filter(({ id }) => !there.has(id)).length;
  if (missing > 0) wrong.push(`${missing} events were there once, and are not there any more`);
  const reader = openReader(ledgerFile(world.data));
  try {
    const report = verifyLedger(reader);
    if (report.fault) wrong.push(`the ledger does not verify: ${JSON.stringify(report.fault)}`);
  } finally {
    reader.close();
  }
  const beads = tasks.flatMap((task) => task.beads).length;
  const count = (type: RecordedEvent['type']): number => events.filter((event) => event.type === type).length;
  for (const [type, times] of [
    ['ConvoyOpened', tasks.length],
    ['BeadCreated', beads],
    ['BeadLanded', beads],
    ['PullRequestOpened', tasks.length],
    ['ConvoyLanded', tasks.length],
  ] as const) {
    if (count(type) !== times) wrong.push(`${type} stands there ${count(type)} times and not ${times}`);
  }
  const open = openEffects(events);
  if (open > 0) wrong.push(`${open} effects have neither a receipt nor a failure`);
  const replies = new Set(events.flatMap((event) => (event.type === 'ModelReplied' ? [event.id] : []))).size;
  if (world.model.requests() < replies)
    wrong.push(`${replies} replies are there, and ${world.model.requests()} were asked for`);
  if (lives === 1 && count('SessionStarted') !== count('SessionEnded')) wrong.push('a session never ended');
  return wrong;
}
