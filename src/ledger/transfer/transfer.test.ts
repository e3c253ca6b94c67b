import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { NewEvent, StreamId } from '../../domain/event.ts';
import { anyEvent } from '../../testing/ledger/any-event.ts';
import { fillLedger } from '../../testing/ledger/filled-ledger.ts';
import { beadCreated, clock, convoyOne, provenance } from '../../testing/ledger/sample-events.ts';
import { temporaryFolder } from '../../testing/ledger/temporary-folder.ts';
import { openLedger } from '../open-ledger.ts';
import { openReader } from '../open-reader.ts';
import { verifyLedger } from '../queries/verify-ledger.ts';
import { exportLines } from './export-lines.ts';
import { importLedger } from './import-ledger.ts';

function exported(path: string): string[] {
  const reader = openReader(path);
  const lines = [...exportLines(reader)];
  reader.close();
  return lines;
}

it('gives the very same bytes after a round trip, with its contents, keys and read models', async () => {
  using folder = temporaryFolder();
  const [one, two] = [folder.file('one.db'), folder.file('two.db')];
  await fillLedger(one);
  const lines = exported(one);
  expect(importLedger(two, lines, clock)).toEqual({ events: 8, contents: 1, known: 0 });
  expect(exported(two)).toEqual(lines);
  const reader = openReader(two);
  expect(verifyLedger(reader)).toEqual({ events: 8, streams: 2, fault: null, leftOut: [] });
  const beads = reader.db.prepare('SELECT id, status, landed FROM beads').raw().all();
  expect(beads).toEqual([
    ['12.1', 'closed', 1],
    ['12.2', 'open', 0],
  ]);
  reader.close();
  const ledger = openLedger({ path: two, clock });
  const again = await ledger.append({
    stream: convoyOne,
    expected: 0,
    events: [beadCreated(9)],
    ...provenance,
    key: 'step 1',
  });
  expect(again).toMatchObject({ status: 'repeated', events: [{ version: 2 }, { version: 3 }] });
  await ledger.close();
});

it('survives the round trip whatever happened', { timeout: 120_000 }, async () => {
  const streams: StreamId[] = ['convoy/1/12', 'rig/7', 'session/00000000-0000-7000-8000-000000000001'];
  const history = fc.array(fc.tuple(fc.constantFrom(...streams), fc.array(anyEvent(), { maxLength: 4 })), {
    maxLength: 8,
  });
  const fold = { name: 'none', version: 1, initial: () => null, evolve: () => null };
  await fc.assert(
    fc.asyncProperty(history, async (batches) => {
      using folder = temporaryFolder();
      const ledger = openLedger({ path: folder.file('one.db'), clock, synchronous: 'normal' });
      const decide = (stream: StreamId, events: readonly NewEvent[], key: string) =>
        ledger.decide({ stream, fold, decide: () => ({ accepted: true, events }), ...provenance, key });
      await Promise.all(batches.map(([stream, events], index) => decide(stream, events, `key ${index}`)));
      await ledger.close();
      const lines = exported(folder.file('one.db'));
      importLedger(folder.file('two.db'), lines, clock);
      expect(exported(folder.file('two.db'))).toEqual(lines);
    }),
    { numRuns: 25 },
  );
});

it('continues a stream that is there in part, and refuses another history', async () => {
  using folder = temporaryFolder();
  await fillLedger(folder.file('one.db'));
  const lines = exported(folder.file('one.db'));
  importLedger(folder.file('two.db'), lines.slice(0, 5), clock);
  expect(importLedger(folder.file('two.db'), lines, clock)).toEqual({ events: 5, contents: 1, known: 3 });
  expect(exported(folder.file('two.db'))).toEqual(lines);
  const other = openLedger({ path: folder.file('three.db'), clock });
  await other.append({ stream: convoyOne, expected: 0, events: [beadCreated(1)], ...provenance });
  await other.close();
  const before = exported(folder.file('three.db'));
  expect(() => importLedger(folder.file('three.db'), lines, clock)).toThrow(
    expect.objectContaining({ fault: { kind: 'other-history', line: 3, stream: convoyOne, version: 1 } }),
  );
  expect(exported(folder.file('three.db'))).toEqual(before);
});

it.each([
  ['an event that was altered', (line: string) => line.replace('Bead 1', 'Bead 7'), 4],
  ['an event that was taken out', () => '', 5],
  ['text that is not JSON', () => '{"stream"', 4],
  ['a field too many', (line: string) => line.replace('{', '{"extra":1,'), 4],
])('refuses %s and imports nothing', async (_what, alter, wrongLine) => {
  using folder = temporaryFolder();
  await fillLedger(folder.file('one.db'));
  const lines = exported(folder.file('one.db'));
  const altered = lines.map((line, index) => (index === 3 ? alter(line) : line));
  const two = folder.file('two.db');
  const given = altered.filter((line) => line !== '');
  const line = altered.includes('') ? wrongLine - 1 : wrongLine;
  expect(() => importLedger(two, given, clock)).toThrow(
    expect.objectContaining({ fault: expect.objectContaining({ kind: 'invalid-line', line }) }),
  );
  expect(exported(two)).toEqual(lines.slice(0, 1));
});

it('is refused while a town is alive, and makes no file for a missing export', async () => {
  using folder = temporaryFolder();
  const town = openLedger({ path: folder.file('one.db'), clock, writer: { name: 'town' } });
  expect(() => importLedger(folder.file('one.db'), ['{}'], clock)).toThrow('Another town (town,');
  await town.close();
  expect(() => openReader(folder.file('none.db'))).toThrow('There is no ledger');
  expect(existsSync(folder.file('none.db'))).toBe(false);
});
