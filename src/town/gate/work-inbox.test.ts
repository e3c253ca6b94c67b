import { expect, test } from 'vitest';
import { openLedger } from '../../ledger/open-ledger.ts';
import { takeOver } from '../../testing/ledger/take-over.ts';
import { temporaryFolder } from '../../testing/ledger/temporary-folder.ts';
import type { Progress, Town } from '../town.ts';
import { workInbox } from './work-inbox.ts';

test('says that the ledger does not take what became of a delivery, and goes on once it does', async () => {
  using folder = temporaryFolder();
  const path = folder.file('town.db');
  const clock = () => new Date();
  const ledger = openLedger({ path, clock });
  const troubles: Progress[] = [];
  // A ping asks for nothing, so its handling needs no more of the town than this.
  const town: Pick<Town, 'ledger' | 'clock' | 'later' | 'onProgress'> = {
    ledger,
    clock,
    later: setTimeout,
    onProgress: (progress) => troubles.push(progress),
  };
  const receivedAt = clock().toISOString();
  await ledger.inbox.receive({ guid: 'one', event: 'ping', payload: {}, receivedAt });
  const other = takeOver(path);
  const inbox = workInbox(town as Town);
  await expect(inbox.empty()).rejects.toMatchObject({ kind: 'lease-lost' });
  expect(troubles).toMatchObject([{ kind: 'trouble', step: 'inbox', retryInMs: 1_000 }]);
  inbox.wake();
  await expect(inbox.empty()).rejects.toMatchObject({ kind: 'lease-lost' });
  expect(troubles).toMatchObject([{ retryInMs: 1_000 }, { retryInMs: 2_000 }]);
  expect(ledger.inbox.due(clock(), 1)).toMatchObject([{ guid: 'one' }]);
  other.giveBack();
  inbox.wake();
  await inbox.empty();
  expect(ledger.inbox.due(clock(), 1)).toEqual([]);
  expect(troubles).toHaveLength(2);
  await inbox.close();
  await ledger.close();
});
