import Sqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../testing/ledger/temporary-folder.ts';
import { openLedger } from '../open-ledger.ts';

const receivedAt = '2030-01-01T00:00:00.000Z';
const delivery = (guid: string) => ({ guid, event: 'issues', payload: { guid }, receivedAt });

function ledgerAndLooker() {
  const folder = temporaryFolder();
  const path = folder.file('town.db');
  const { inbox, close } = openLedger({ path, clock: () => new Date(receivedAt) });
  const looker = new Sqlite(path);
  const stored = looker.prepare<[], string>('SELECT guid FROM inbox ORDER BY guid').pluck();
  onTestFinished(async () => {
    looker.close();
    await close();
    folder[Symbol.dispose]();
  });
  return { inbox, looker, stored: () => stored.all() };
}

test('deliveries of one turn of the event loop share one wait for the disk, and are there when they are answered', async () => {
  const { inbox, stored } = ledgerAndLooker();
  for (const guid of ['a', 'b']) expect(await inbox.receive(delivery(guid))).toBe('new');
  const first = inbox.receive(delivery('c'));
  // As between two sockets' callbacks: what is to be done at once is done, and the turn goes on.
  await new Promise(process.nextTick);
  expect(stored()).toEqual(['a', 'b']);
  const second = inbox.receive(delivery('d'));
  const again = inbox.receive(delivery('c'));
  const answered = first.then(() => stored());
  expect(await Promise.all([first, second, again])).toEqual(['new', 'new', 'known']);
  expect(await answered).toEqual(['a', 'b', 'c', 'd']);
});

test('a delivery that is refused by the disk keeps none of those beside it from being stored', async () => {
  const { inbox, looker, stored } = ledgerAndLooker();
  looker.exec(
    `CREATE TRIGGER refuse BEFORE INSERT ON inbox WHEN NEW.guid = 'b' BEGIN SELECT RAISE(ABORT, 'no'); END`,
  );
  const taken = await Promise.allSettled(['a', 'b', 'c'].map((guid) => inbox.receive(delivery(guid))));
  expect(taken.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(stored()).toEqual(['a', 'c']);
});

test('gives the oldest that are due, beside those that are named', async () => {
  const { inbox } = ledgerAndLooker();
  for (const guid of ['c', 'a', 'b']) await inbox.receive(delivery(guid));
  const now = new Date(receivedAt);
  const guids = (limit: number, ...beside: string[]) =>
    inbox.due(now, limit, new Set(beside)).map(({ guid }) => guid);
  expect(guids(2)).toEqual(['c', 'a']);
  expect(guids(2, 'c')).toEqual(['a', 'b']);
  expect(guids(9, 'a', 'b', 'c')).toEqual([]);
  expect(inbox.due(now, 1)).toEqual([{ ...delivery('c'), tries: 0 }]);
  expect(inbox.due(new Date(now.getTime() - 1), 9)).toEqual([]);
});
