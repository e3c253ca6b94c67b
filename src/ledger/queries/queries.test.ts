import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { fillLedger, session } from '../../testing/ledger/filled-ledger.ts';
import { beadNoted, clock, convoyOne, provenance } from '../../testing/ledger/sample-events.ts';
import { temporaryFolder } from '../../testing/ledger/temporary-folder.ts';
import { rebuildLedger } from '../maintenance/rebuild-ledger.ts';
import { openLedger } from '../open-ledger.ts';
import { type LedgerReader, openReader } from '../open-reader.ts';
import { type Projection, projection, table } from '../projections/projection.ts';
import { findStreams } from './find-streams.ts';
import { positionAt } from './position-at.ts';
import { readModelAt } from './read-model-at.ts';
import { verifyLedger } from './verify-ledger.ts';
import { whyBead } from './why-bead.ts';

const noteColumns = { bead: 'INTEGER NOT NULL', notes: 'INTEGER NOT NULL' } as const;

async function withFilled(ask: (reader: LedgerReader, path: string) => void): Promise<void> {
  using folder = temporaryFolder();
  const path = folder.file('beads.db');
  await fillLedger(path);
  const reader = openReader(path);
  try {
    ask(reader, path);
  } finally {
    reader.close();
  }
}

it('finds the stream that a person means', () =>
  withFilled((reader) => {
    const names = (text: string) => findStreams(reader, text).map((one) => one.stream);
    expect(names('')).toEqual([convoyOne, session]);
    expect(names('12')).toEqual([convoyOne]);
    expect(names('#12')).toEqual([convoyOne]);
    expect(names('session/0000')).toEqual([session]);
    expect(names(convoyOne)).toEqual([convoyOne]);
    expect(names('nothing')).toEqual([]);
    expect(findStreams(reader, '12')).toMatchObject([{ events: 7, began: '2026-01-02T03:04:05.678Z' }]);
  }));

it('shows a read model as it was at any position, and at any time', () =>
  withFilled((reader) => {
    const status = (position: number) =>
      readModelAt(reader, 'beads', position)?.tables.beads?.map(
        (row) => `${row.id} ${row.status} ${row.landed}`,
      );
    expect(status(1)).toEqual([]);
    expect(status(2)).toEqual(['12.1 open 0']);
    expect(status(6)).toEqual(['12.1 closed 0', '12.2 open 0']);
    expect(status(7)).toEqual(['12.1 closed 1', '12.2 open 0']);
    expect(readModelAt(reader, 'beads', 99)?.position).toBe(8);
    expect(readModelAt(reader, 'no such', 1)).toBeNull();
    expect(positionAt(reader, new Date('2026-01-02T03:04:05.677Z'))).toBe(0);
    expect(positionAt(reader, new Date('2026-01-02T03:04:05.678Z'))).toBe(8);
  }));

it('tells the chain of causes of a bead, over streams, and what it waits for', () =>
  withFilled((reader) => {
    const [why] = whyBead(reader, '12.1');
    const told = why?.steps.map(({ event, because }) => [
      event.type,
      because.kind === 'event' ? because.type : because.cause,
    ]);
    expect(told).toEqual([
      ['ConvoyOpened', 'delivery-1'],
      ['BeadCreated', 'delivery-1'],
      ['BeadSlung', 'delivery-1'],
      ['SessionStarted', 'BeadSlung'],
      ['BeadClosed', 'SessionStarted'],
      ['BeadLanded', 'delivery-1'],
    ]);
    expect(why?.waitsFor).toEqual([]);
    expect(whyBead(reader, '12.9')).toEqual([]);
  }));

it('finds the first wrong position after an event was altered behind its back', () =>
  withFilled((reader, path) => {
    expect(verifyLedger(reader)).toEqual({ events: 8, streams: 2, fault: null, leftOut: [] });
    const db = new Sqlite(path);
    db.exec(`DROP TRIGGER events_are_not_updated;
      UPDATE events SET data = replace(data, 'Bead 2', 'Bead Z') WHERE position = 3`);
    db.close();
    expect(verifyLedger(reader)).toEqual({
      events: 2,
      streams: 1,
      fault: { position: 3, what: `version 3 of ${convoyOne} is not what was hashed` },
      leftOut: [],
    });
  }));

it('finds an event that was taken out, a content and a read model that were altered', () =>
  withFilled((reader, path) => {
    const altering = (sql: string) => {
      const db = new Sqlite(path);
      db.exec(sql);
      db.close();
      return verifyLedger(reader).fault;
    };
    expect(altering("UPDATE beads SET status = 'open' WHERE number = 1")).toEqual({
      position: null,
      what: 'the table beads is not what the log makes: rebuild it',
    });
    rebuildLedger(path, () => new Date(0));
    expect(verifyLedger(reader).fault).toBeNull();
    expect(
      altering("DROP TRIGGER contents_are_not_updated; UPDATE contents SET bytes = x'00'")?.what,
    ).toContain('is not what its name says');
    expect(altering('DROP TRIGGER events_are_not_deleted; DELETE FROM events WHERE position = 5')).toEqual({
      position: 5,
      what: 'the next event is at position 6: something was taken out',
    });
  }));

it('compares the read models that it is given, and names those that it can not compare', async () => {
  using folder = temporaryFolder();
  const path = folder.file('beads.db');
  const notes = projection({
    name: 'notes',
    version: 1,
    tables: { notes: table<{ bead: number; notes: number }>({ columns: noteColumns, key: ['bead'] }) },
    handlers: {
      BeadNoted: ({ data }, { notes }) =>
        notes.put({ bead: data.bead, notes: (notes.get(data.bead)?.notes ?? 0) + 1 }),
    },
  });
  const ledger = openLedger({ path, clock, projections: [notes] });
  const events = [beadNoted(1, 'a'), beadNoted(1, 'b')];
  await ledger.append({ stream: convoyOne, expected: 0, events, ...provenance });
  await ledger.close();
  const verified = (projections: readonly Projection[]) => {
    const reader = openReader(path, { projections });
    const verification = verifyLedger(reader);
    reader.close();
    return verification;
  };
  expect(verified([notes])).toMatchObject({ fault: null, leftOut: [] });
  expect(verified([{ ...notes, version: 2 }])).toMatchObject({ fault: null, leftOut: ['notes'] });
  expect(verified([])).toMatchObject({ fault: null, leftOut: ['notes'] });
  const db = new Sqlite(path);
  db.exec('UPDATE notes SET notes = 3');
  db.close();
  expect(verified([notes]).fault?.what).toContain('the table notes is not what the log makes');
});
