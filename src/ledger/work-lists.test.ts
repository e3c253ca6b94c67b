import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { accept } from '../domain/event.ts';
import { beadNoted, clock, convoyOne, countFold, provenance } from '../testing/ledger/sample-events.ts';
import { temporaryFolder } from '../testing/ledger/temporary-folder.ts';
import { openLedger } from './open-ledger.ts';
import { openReader } from './open-reader.ts';
import { verifyLedger } from './queries/verify-ledger.ts';

/** Enough that some of their keys are in the index. */
const events = 300;

it.each(['checkpoints', 'snapshots', 'inbox', 'append_keys'])(
  'loses no event and no state with the table %s emptied',
  async (table) => {
    using folder = temporaryFolder();
    const path = folder.file('beads.db');
    const first = openLedger({ path, clock, synchronous: 'normal' });
    const fold = countFold;
    for (let n = 0; n < events; n += 1) {
      const decide = () => accept(beadNoted(1, `${n}`));
      await first.decide({ stream: convoyOne, fold, decide, ...provenance, key: `${n}` });
    }
    await first.inbox.receive({ guid: 'g', event: 'ping', payload: {}, receivedAt: clock().toISOString() });
    const handled: number[] = [];
    const subscribe = (ledger: typeof first) =>
      ledger.subscribe({
        name: 'mirror',
        after: 0,
        handle: (event) => void handled.push(event.position),
        onError: () => null,
      });
    await subscribe(first).caughtUp();
    const state = first.load(convoyOne, fold);
    await first.close();
    const db = new Sqlite(path);
    expect(db.prepare(`DELETE FROM ${table}`).run().changes).toBeGreaterThan(0);
    db.close();
    const second = openLedger({ path, clock });
    expect(second.load(convoyOne, fold)).toEqual(state);
    await subscribe(second).caughtUp();
    expect(new Set(handled)).toEqual(new Set(Array.from({ length: events }, (_, n) => n + 1)));
    await second.close();
    const reader = openReader(path);
    expect(verifyLedger(reader)).toEqual({ events, streams: 1, fault: null, leftOut: [] });
    reader.close();
  },
);
