import Sqlite from 'better-sqlite3';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { NewEvent, StreamId } from '../../domain/event.ts';
import { eventTypes } from '../../domain/event-types.ts';
import { anyEvent } from '../../testing/ledger/any-event.ts';
import { clock, provenance } from '../../testing/ledger/sample-events.ts';
import { temporaryFolder } from '../../testing/ledger/temporary-folder.ts';
import { openLedger } from '../open-ledger.ts';
import { allProjections } from './all-projections.ts';
import { startRebuild } from './rebuild.ts';

const streams: StreamId[] = ['convoy/1/12', 'convoy/1/13', 'session/00000000-0000-7000-8000-000000000001'];

/** Every row of every projection. */
function tables(db: Sqlite.Database): Record<string, unknown[]> {
  const names = allProjections.flatMap((projection) => Object.keys(projection.tables));
  return Object.fromEntries(names.map((name) => [name, db.prepare(`SELECT * FROM "${name}"`).all()]));
}

it('makes the same rows from the log as were made event by event, whatever happened', {
  timeout: 120_000,
}, async () => {
  const history = fc.array(
    fc.record({ stream: fc.constantFrom(...streams), events: fc.array(anyEvent(), { maxLength: 6 }) }),
    { maxLength: 12 },
  );
  await fc.assert(
    fc.asyncProperty(history, fc.integer({ min: 1, max: 7 }), async (batches, step) => {
      using folder = temporaryFolder();
      const path = folder.file('beads.db');
      const ledger = openLedger({ path, clock, synchronous: 'normal' });
      await Promise.all(batches.map(({ stream, events }) => appendAll(ledger, stream, events)));
      await ledger.close();
      const db = new Sqlite(path);
      const live = tables(db);
      db.exec('BEGIN');
      for (const projection of allProjections) {
        const rebuild = startRebuild(db, projection, eventTypes);
        while (rebuild.step(step));
        rebuild.finish();
      }
      expect(tables(db)).toEqual(live);
      db.exec('ROLLBACK');
      db.close();
    }),
    { numRuns: 60 },
  );
});

async function appendAll(
  ledger: ReturnType<typeof openLedger>,
  stream: StreamId,
  events: readonly NewEvent[],
): Promise<void> {
  const fold = { name: 'nothing', version: 1, initial: () => null, evolve: () => null };
  await ledger.decide({ stream, fold, decide: () => ({ accepted: true, events }), ...provenance });
}
