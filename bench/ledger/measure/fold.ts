import Sqlite, { type Database } from 'better-sqlite3';
import { z } from 'zod';
import { accept, type Fold, type RecordedEvent } from '../../../src/domain/event.ts';
import { eventTypes } from '../../../src/domain/event-types.ts';
import type { EventTypes } from '../../../src/ledger/log/encode-data.ts';
import { openLedger } from '../../../src/ledger/open-ledger.ts';
import { median } from '../../row.ts';
import { convoy, effectIntended } from '../sample-event.ts';

const by = { actor: 'mayor', cause: 'bench' };

interface Effects {
  readonly count: number;
  readonly byKind: Readonly<Record<string, number>>;
}

const countOf = (state: Effects, kind: string): Effects => ({
  count: state.count + 1,
  byKind: { ...state.byKind, [kind]: (state.byKind[kind] ?? 0) + 1 },
});

const fold: Fold<Effects> = {
  name: 'effects',
  version: 1,
  initial: () => ({ count: 0, byKind: {} }),
  evolve: (state, event) => (event.type === 'EffectIntended' ? countOf(state, event.data.kind) : state),
};

/** The event's second version, so that every stored one is upcast. */
const second: EventTypes = {
  ...eventTypes,
  EffectIntended: {
    version: 2,
    schema: eventTypes.EffectIntended.schema.extend({ urgent: z.boolean() }),
    upcasts: [(data) => ({ ...(data as object), urgent: false })],
  },
};

async function fill(path: string, events: number): Promise<void> {
  const ledger = openLedger({ path, synchronous: 'normal', clock: () => new Date() });
  for (let at = 0; at < events; at += 100) {
    const batch = Array.from({ length: 100 }, effectIntended);
    await ledger.append({ stream: convoy(1), expected: at, events: batch, ...by });
  }
  await ledger.close();
}

/** A table as one would write it by hand, with the same events in it: each field in a column of its own, as text. */
function fillByHand(db: Database, events: readonly RecordedEvent[]): void {
  db.exec(`CREATE TABLE events (position INTEGER PRIMARY KEY, stream TEXT, version INTEGER, id TEXT, type TEXT, actor TEXT,
    cause TEXT, at TEXT, hash TEXT, data TEXT, UNIQUE (stream, version))`);
  const insert = db.prepare(
    'INSERT INTO events VALUES (@position, @stream, @version, @id, @type, @actor, @cause, @at, @hash, @data)',
  );
  for (const event of events) insert.run({ ...event, data: JSON.stringify(event.data) });
}

/** Microseconds per fold of a stream of 100 events, each upcast: by the ledger with nothing remembered, and by hand. */
export async function foldHundred(path: string): Promise<{ ledger: number; bare: number }> {
  await fill(path, 100);
  const ledger = openLedger({ path, synchronous: 'normal', clock: () => new Date() });
  const events = ledger.read(convoy(1));
  await ledger.close();
  const upcasting = openLedger({ path, synchronous: 'normal', clock: () => new Date(), types: second });
  const db = new Sqlite(`${path}.by-hand`);
  fillByHand(db, events);
  const rows = db.prepare<[string], RecordedEvent & { readonly data: string }>(
    'SELECT * FROM events WHERE stream = ? ORDER BY version',
  );
  const bare = (): number => {
    let state = fold.initial(convoy(1));
    for (const row of rows.all(convoy(1))) {
      state = fold.evolve(state, { ...row, data: { ...JSON.parse(row.data), urgent: false } });
    }
    return state.count;
  };
  // A fold that was never seen before has no remembered state.
  const cold = (): number => upcasting.load(convoy(1), { ...fold }).state.count;
  const samples = { ledger: [] as number[], bare: [] as number[] };
  for (let turn = 0; turn < 3_000; turn += 1) {
    const began = performance.now();
    if (bare() !== 100) throw new Error('the bare fold is wrong');
    const between = performance.now();
    if (cold() !== 100) throw new Error('the fold is wrong');
    if (turn < 1_000) continue;
    samples.bare.push((between - began) * 1_000);
    samples.ledger.push((performance.now() - between) * 1_000);
  }
  db.close();
  await upcasting.close();
  return { ledger: median(samples.ledger), bare: median(samples.bare) };
}

/** Microseconds to load a stream of 10,000 events in a ledger just opened: with its snapshot and without. */
export async function loadTenThousand(path: string): Promise<{ snapshot: number; whole: number }> {
  await fill(path, 10_000);
  const first = openLedger({ path, synchronous: 'normal', clock: () => new Date() });
  await first.decide({ stream: convoy(1), fold, decide: () => accept(effectIntended()), ...by });
  await first.close();
  const ledger = openLedger({ path, synchronous: 'normal', clock: () => new Date() });
  const load = (version: number): number => {
    const began = performance.now();
    const { state } = ledger.load(convoy(1), { ...fold, version });
    const took = (performance.now() - began) * 1_000;
    if (state.count !== 10_001) throw new Error('the fold is wrong');
    return took;
  };
  const snapshot: number[] = [];
  const whole: number[] = [];
  for (let turn = 0; turn < 200; turn += 1) snapshot.push(load(1));
  // A fold of another version has no snapshot.
  for (let turn = 0; turn < 20; turn += 1) whole.push(load(2));
  await ledger.close();
  return { snapshot: median(snapshot.slice(50)), whole: median(whole.slice(5)) };
}
