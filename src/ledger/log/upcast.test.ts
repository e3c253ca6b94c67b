import { expect, it } from 'vitest';
import { z } from 'zod';
import { eventTypes } from '../../domain/event-types.ts';
import { beadNoted, clock, convoyOne, provenance } from '../../testing/ledger/sample-events.ts';
import { temporaryFolder } from '../../testing/ledger/temporary-folder.ts';
import { openLedger } from '../open-ledger.ts';
import { openReader } from '../open-reader.ts';
import { verifyLedger } from '../queries/verify-ledger.ts';
import type { EventTypes } from './encode-data.ts';

/** The second version says who noted, the third how loud. */
const third: EventTypes = {
  ...eventTypes,
  BeadNoted: {
    version: 3,
    schema: z.strictObject({ bead: z.int(), note: z.string(), by: z.string(), loud: z.boolean() }),
    upcasts: [
      (data) => ({ ...z.looseObject({}).parse(data), by: 'unknown' }),
      (data) => ({ ...z.looseObject({}).parse(data), loud: false }),
    ],
  },
};

it('gives old events in the shape that their type has now, step by step, and leaves what is stored as it was', async () => {
  using folder = temporaryFolder();
  const path = folder.file('beads.db');
  const old = openLedger({ path, clock });
  await old.append({ stream: convoyOne, expected: 0, events: [beadNoted(1, 'old')], ...provenance });
  const { hash } = old.read(convoyOne)[0] ?? {};
  await old.close();
  const now = openLedger({ path, clock, types: third });
  expect(now.read(convoyOne)).toMatchObject([
    { data: { bead: 1, note: 'old', by: 'unknown', loud: false }, hash },
  ]);
  const loud = { bead: 1, note: 'new', by: 'me', loud: true };
  await now.append({
    stream: convoyOne,
    expected: 1,
    events: [{ type: 'BeadNoted', data: loud }],
    ...provenance,
  });
  expect(now.read(convoyOne, 1)).toMatchObject([{ data: loud }]);
  await now.close();
  const reader = openReader(path, { types: third });
  expect(verifyLedger(reader)).toMatchObject({ events: 2, fault: null });
  reader.close();
  const older = openLedger({ path, clock });
  expect(() => older.read(convoyOne)).toThrow(
    expect.objectContaining({
      fault: { kind: 'unknown-type', type: 'BeadNoted', typeVersion: 3, position: 2 },
    }),
  );
  await older.close();
});
