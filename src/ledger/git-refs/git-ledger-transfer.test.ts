import { expect, it } from 'vitest';
import { convoyStream } from '../../domain/convoy/convoy-stream.ts';
import type { StreamId } from '../../domain/event.ts';
import { bareRepository } from '../../testing/ledger/bare-repository.ts';
import { gitLedgerOn } from '../../testing/ledger/git-ledger.ts';
import {
  beadCreated,
  beadNoted,
  clock,
  convoyOpened,
  provenance,
} from '../../testing/ledger/sample-events.ts';
import { ended, replied, sessionOne } from '../../testing/ledger/session-events.ts';
import { temporaryFolder } from '../../testing/ledger/temporary-folder.ts';
import { openReader } from '../open-reader.ts';
import type { RefStore } from '../ports/ref-store.ts';
import { exportLines } from '../transfer/export-lines.ts';
import { importLedger } from '../transfer/import-ledger.ts';

function exported(path: string): string[] {
  const reader = openReader(path);
  const lines = [...exportLines(reader)];
  reader.close();
  return lines;
}

const streams = (count: number): readonly StreamId[] =>
  Array.from({ length: count }, (_, index) => convoyStream(1, index + 1));

it('holds the very same events as a file that it was exported to, and goes on from one that it was imported from', async () => {
  using folder = temporaryFolder();
  const { remote } = bareRepository(folder.file('remote.git'));
  const [stream = 'town'] = streams(1);
  const one = await gitLedgerOn(remote, folder.file('one'));
  const events = [convoyOpened(), beadCreated(1), beadNoted(1, 'look “here”\nand there')];
  await one.append({ stream, expected: 0, events, ...provenance, key: 'opened' });
  await one.append({ stream: sessionOne, expected: 0, events: [replied(1, 'hello'), ended], ...provenance });
  const hash = await one.putContent(Buffer.from('a long output'));
  await one.close();
  const lines = exported(folder.file('one/beads.db'));
  importLedger(folder.file('sqlite.db'), lines, clock);
  expect(exported(folder.file('sqlite.db'))).toEqual(lines);

  importLedger(folder.file('back/beads.db'), exported(folder.file('sqlite.db')), clock);
  const back = await gitLedgerOn(remote, folder.file('back'));
  await back.follow([stream, sessionOne]);
  expect(back.readAll(0, 100).map(({ hash: one }) => one)).toHaveLength(5);
  expect(Buffer.from((await back.getContent(hash)) ?? '').toString()).toBe('a long output');
  const again = { stream, expected: 'must-exist', ...provenance } as const;
  expect(await back.append({ ...again, events, key: 'opened' })).toMatchObject({ status: 'repeated' });
  expect(await back.append({ ...again, events: [beadNoted(1, 'more')] })).toMatchObject({
    events: [{ version: 4 }],
  });
  await back.close();
});

it('fetches of many streams what is new in those that are asked for, and nothing again', async () => {
  using folder = temporaryFolder();
  const { remote } = bareRepository(folder.file('remote.git'));
  const all = streams(40);
  const one = await gitLedgerOn(remote, folder.file('one'));
  const open = {
    expected: 'must-not-exist',
    events: [convoyOpened(), beadCreated(1)],
    ...provenance,
  } as const;
  await Promise.all(all.map((stream) => one.append({ ...open, stream })));
  // All that is said in one turn goes with one push.
  expect(one.pushes()).toBe(1);

  const read: string[] = [];
  const counted = (refs: RefStore): RefStore => ({
    ...refs,
    async chain(...asked) {
      const commits = await refs.chain(...asked);
      read.push(...commits.map(({ oid }) => oid));
      return commits;
    },
  });
  const two = await gitLedgerOn(remote, folder.file('two'), { between: counted });
  const [first = 'town', second = 'town'] = all;
  await two.follow([first]);
  expect(read).toHaveLength(1);
  await two.follow([first, second]);
  expect(read).toHaveLength(2);
  await one.append({ stream: first, expected: 2, events: [beadNoted(1, 'new')], ...provenance });
  await two.follow([first, second]);
  expect(read).toHaveLength(3);
  expect(two.read(first)).toHaveLength(3);
  expect(two.streams('convoy/')).toHaveLength(2);
  await Promise.all([one.close(), two.close()]);
});
