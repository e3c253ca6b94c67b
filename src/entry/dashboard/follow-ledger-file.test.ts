import { expect, test } from 'vitest';
import { openLedger } from '../../ledger/open-ledger.ts';
import { openReader } from '../../ledger/open-reader.ts';
import { smallConvoy } from '../../testing/events/small-convoy.ts';
import { writeLedger } from '../../testing/events/write-ledger.ts';
import { temporaryFolder } from '../../testing/ledger/temporary-folder.ts';
import { followLedgerFile } from './follow-ledger-file.ts';

test('every event that another connection adds is told, the first one and those after a pause', async () => {
  using folder = temporaryFolder();
  const path = folder.file('beads.db');
  await writeLedger(path, smallConvoy);
  const reader = openReader(path);
  const ledger = openLedger({ path, clock: () => new Date(), synchronous: 'full' });
  let told = Promise.withResolvers<number>();
  const following = followLedgerFile(reader, (position) => told.resolve(position));
  for (let added = 1; added <= 3; added += 1) {
    const event = { type: 'BeadNoted', data: { bead: 1, note: `note ${added}` } } as const;
    const request = { stream: 'convoy/7/1', expected: 'must-exist', actor: 'mayor', cause: 'test' } as const;
    await ledger.append({ ...request, events: [event] });
    expect(await told.promise).toBe(smallConvoy.length + added);
    told = Promise.withResolvers<number>();
  }
  following.close();
  await ledger.close();
  reader.close();
});
