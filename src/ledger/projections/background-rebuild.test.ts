import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { beadCreated, beadNoted, clock, convoyOne, provenance } from '../../testing/ledger/sample-events.ts';
import { temporaryFolder } from '../../testing/ledger/temporary-folder.ts';
import { openLedger } from '../open-ledger.ts';
import { allProjections } from './all-projections.ts';
import { beads } from './beads.ts';
import { type Projection, projection, table } from './projection.ts';

type TallyRow = { readonly stream: string; readonly notes: number };

const tally = (version: number, count = 1): Projection =>
  projection({
    name: 'tally',
    version,
    tables: {
      tally: table<TallyRow>({
        columns: { stream: 'TEXT NOT NULL', notes: 'INTEGER NOT NULL' },
        key: ['stream'],
      }),
    },
    handlers: {
      BeadNoted: (event, { tally }) => {
        const notes = (tally.get(event.stream)?.notes ?? 0) + count;
        tally.put({ stream: event.stream, notes });
      },
    },
  });

const open = (path: string, ...projections: Projection[]) =>
  openLedger({ path, clock, synchronous: 'normal', writer: { name: 'town' }, projections });

function ask(path: string, sql: string): unknown {
  const db = new Sqlite(path, { readonly: true });
  try {
    return db.prepare(sql).pluck().get();
  } finally {
    db.close();
  }
}

it('is made anew behind reads and appends when its version has changed', async () => {
  using folder = temporaryFolder();
  const path = folder.file('beads.db');
  const first = open(path, beads, tally(1));
  const note = (ledger: typeof first, count: number) =>
    ledger.append({
      stream: convoyOne,
      expected: 'must-exist',
      events: Array.from({ length: count }, () => beadNoted(1, 'n')),
      ...provenance,
    });
  await first.append({ stream: convoyOne, expected: 0, events: [beadCreated(1)], ...provenance });
  for (let turn = 0; turn < 6; turn += 1) await note(first, 1_000);
  expect(ask(path, 'SELECT notes FROM tally')).toBe(6_000);
  await first.close();

  const second = open(path, beads, tally(2, 2));
  expect(ask(path, 'SELECT notes FROM tally')).toBe(6_000);
  expect(ask(path, "SELECT status FROM projections WHERE name = 'tally'")).toBe('rebuilding');
  let isReady = false;
  void second.ready.then(() => {
    isReady = true;
  });
  await note(second, 10);
  expect(isReady).toBe(false);
  expect(ask(path, 'SELECT length(notes) FROM beads')).toBe(6_010 * 2 - 1);
  await second.ready;
  expect(ask(path, 'SELECT notes FROM tally')).toBe(12_020);
  await note(second, 1);
  expect(ask(path, 'SELECT notes FROM tally')).toBe(12_022);
  expect(ask(path, "SELECT status || version FROM projections WHERE name = 'tally'")).toBe('live2');
  await second.close();
});

it('begins anew when the town stopped in the middle, and leaves no half-made table', async () => {
  using folder = temporaryFolder();
  const path = folder.file('beads.db');
  const first = open(path, beads);
  const events = Array.from({ length: 5_000 }, () => beadNoted(1, 'n'));
  await first.append({ stream: convoyOne, expected: 0, events, ...provenance });
  await first.close();
  const stopped = open(path, beads, tally(1));
  await stopped.close();
  expect(ask(path, "SELECT status FROM projections WHERE name = 'tally'")).toBe('rebuilding');
  const finished = open(path, beads, tally(1));
  await finished.ready;
  await finished.close();
  expect(ask(path, 'SELECT notes FROM tally')).toBe(5_000);
  expect(ask(path, "SELECT count(*) FROM sqlite_schema WHERE name LIKE '%__new'")).toBe(0);
});

it('takes part again in a tool that appended while the town made it anew', async () => {
  using folder = temporaryFolder();
  const path = folder.file('beads.db');
  const first = open(path, beads);
  const note = { expected: 'must-exist', events: [beadNoted(1, 'n')], ...provenance } as const;
  const many = Array.from({ length: 3_000 }, () => beadNoted(1, 'n'));
  await first.append({ stream: convoyOne, expected: 0, events: many, ...provenance });
  await first.close();
  const town = open(path, beads, tally(1));
  const tool = openLedger({ path, clock, synchronous: 'normal', projections: [beads, tally(1)] });
  await tool.append({ stream: convoyOne, ...note });
  await town.ready;
  await tool.append({ stream: convoyOne, ...note });
  await town.append({ stream: convoyOne, ...note });
  expect(ask(path, 'SELECT notes FROM tally')).toBe(3_003);
  await tool.close();
  await town.close();
});

it('refuses a tool of another version beside a town, rather than leave its read model behind', async () => {
  using folder = temporaryFolder();
  const path = folder.file('beads.db');
  const town = open(path, beads, tally(2));
  expect(() => openLedger({ path, clock, projections: [beads, tally(1)] })).toThrow(
    expect.objectContaining({
      fault: { kind: 'other-version', path, projection: 'tally', found: 2, known: 1 },
    }),
  );
  await town.close();
});

it('tells of a handler that throws through `ready`, and leaves the others alone', async () => {
  using folder = temporaryFolder();
  const path = folder.file('beads.db');
  const first = open(path, ...allProjections);
  await first.append({
    stream: convoyOne,
    expected: 0,
    events: [beadCreated(1), beadNoted(1, 'n')],
    ...provenance,
  });
  await first.close();
  const broken = projection({
    name: 'broken',
    version: 1,
    tables: { broken: table<{ readonly id: string }>({ columns: { id: 'TEXT NOT NULL' }, key: ['id'] }) },
    handlers: {
      BeadNoted: () => {
        throw new Error('no');
      },
    },
  });
  const ledger = open(path, ...allProjections, broken);
  await expect(ledger.ready).rejects.toThrow('no');
  await ledger.append({ stream: convoyOne, expected: 2, events: [beadNoted(1, 'm')], ...provenance });
  expect(ask(path, 'SELECT notes FROM beads')).toBe('n\nm');
  expect(ask(path, "SELECT status FROM projections WHERE name = 'broken'")).toBe('rebuilding');
  await ledger.close();
});
