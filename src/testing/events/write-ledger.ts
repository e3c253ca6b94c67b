import type { NewEvent, RecordedEvent } from '../../domain/event.ts';
import { openLedger } from '../../ledger/open-ledger.ts';

/** Writes a story's events into a new ledger file, in order and at their times, and closes it. */
export async function writeLedger(path: string, story: readonly RecordedEvent[]): Promise<void> {
  let now = new Date('2030-01-01T00:00:00Z');
  const ledger = openLedger({ path, clock: () => now, synchronous: 'normal' });
  for (const event of story) {
    now = new Date(event.at);
    const { stream, version, actor, cause } = event;
    const added = { type: event.type, data: event.data } as NewEvent;
    const expected = version === 1 ? 'must-not-exist' : version - 1;
    const result = await ledger.append({ stream, expected, actor, cause, events: [added] });
    if (result.status !== 'appended')
      throw new Error(`The story's event ${event.position} was not taken in.`);
  }
  await ledger.close();
}
