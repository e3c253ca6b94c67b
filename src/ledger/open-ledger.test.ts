import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { accept, type NewEvent, refuse } from '../domain/event.ts';
import {
  beadCreated,
  beadNoted,
  clock,
  convoyOne,
  convoyOpened,
  countFold,
  provenance,
} from '../testing/ledger/sample-events.ts';
import { temporaryFolder } from '../testing/ledger/temporary-folder.ts';
import { openLedger } from './open-ledger.ts';

const places = ['memory', 'file'] as const;

for (const place of places) {
  describe(`a ledger in ${place}`, () => {
    const open = (path: string) => openLedger({ path: place === 'memory' ? ':memory:' : path, clock });

    it('takes events and gives them back as they were appended', async () => {
      using folder = temporaryFolder();
      const ledger = open(folder.file('beads.db'));
      const events = [convoyOpened(), beadCreated(1), beadNoted(1, 'look')];
      const result = await ledger.append({
        stream: convoyOne,
        expected: 'must-not-exist',
        events,
        ...provenance,
      });
      expect(result).toMatchObject({ status: 'appended' });
      const read = ledger.read(convoyOne);
      expect(result.status === 'appended' && result.events).toEqual(read);
      expect(read.map((event) => event.data)).toEqual(events.map((event) => event.data));
      expect(
        read.map((event) => [event.version, event.position, event.actor, event.cause, event.at]),
      ).toEqual([1, 2, 3].map((n) => [n, n, 'mayor', 'delivery-1', '2026-01-02T03:04:05.678Z']));
      expect(ledger.read(convoyOne, 2)).toEqual(read.slice(2));
      expect(ledger.readAll(1, 1)).toEqual(read.slice(1, 2));
      expect(ledger.streams('convoy/')).toEqual([convoyOne]);
      expect(ledger.streams('session/')).toEqual([]);
      await ledger.close();
    });

    it('honours each way of expecting a version, and leaves no trace of a conflict', async () => {
      using folder = temporaryFolder();
      const ledger = open(folder.file('beads.db'));
      const append = (expected: 'must-exist' | 'must-not-exist' | number, ...events: NewEvent[]) =>
        ledger.append({ stream: convoyOne, expected, events, ...provenance });
      expect(await append('must-exist', beadCreated(1))).toEqual({ status: 'conflict', currentVersion: 0 });
      expect(await append(1, beadCreated(1))).toEqual({ status: 'conflict', currentVersion: 0 });
      expect(await append(0, beadCreated(1))).toMatchObject({ status: 'appended' });
      expect(await append('must-not-exist', beadCreated(2))).toEqual({
        status: 'conflict',
        currentVersion: 1,
      });
      expect(await append(0, beadCreated(2))).toEqual({ status: 'conflict', currentVersion: 1 });
      expect(await append('must-exist', beadCreated(2))).toMatchObject({ status: 'appended' });
      expect(ledger.read(convoyOne)).toHaveLength(2);
      const racing = await Promise.all([append(2, beadCreated(3)), append(2, beadCreated(4))]);
      expect(racing.map((result) => result.status)).toEqual(['appended', 'conflict']);
      expect(ledger.readAll(0, 100).map((event) => event.position)).toEqual([1, 2, 3]);
      await ledger.close();
    });

    it('gives the first result again for a key, also within one turn', async () => {
      using folder = temporaryFolder();
      const ledger = open(folder.file('beads.db'));
      const append = (note: string) =>
        ledger.append({
          stream: convoyOne,
          expected: ledger.read(convoyOne).length,
          events: [beadCreated(1), beadNoted(1, note)],
          ...provenance,
          key: 'delivery:77',
        });
      const [first, second] = await Promise.all([append('a'), append('b')]);
      const third = await append('c');
      expect([first, second, third].map((result) => result.status)).toEqual([
        'appended',
        'repeated',
        'repeated',
      ]);
      expect(second).toEqual({ ...first, status: 'repeated' });
      expect(third).toEqual(second);
      await expect(
        ledger.append({
          stream: 'town',
          expected: 0,
          events: [beadCreated(1)],
          ...provenance,
          key: 'delivery:77',
        }),
      ).rejects.toMatchObject({ fault: { kind: 'key-reused', firstStream: convoyOne } });
      expect(ledger.read('town')).toEqual([]);
      await ledger.close();
    });

    it('decides on the state as it is at that very moment, many at once', async () => {
      using folder = temporaryFolder();
      const ledger = open(folder.file('beads.db'));
      const seen: number[] = [];
      const results = await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          ledger.decide({
            stream: convoyOne,
            fold: countFold,
            decide: (state, version) => {
              seen.push(version);
              return state.events < 30 ? accept(beadNoted(1, `note ${index}`)) : refuse('enough' as const);
            },
            ...provenance,
          }),
        ),
      );
      expect(seen).toEqual([...Array.from({ length: 31 }, (_, n) => n), ...Array(19).fill(30)]);
      expect(results.filter((result) => result.status === 'appended')).toHaveLength(30);
      expect(results.at(-1)).toMatchObject({ status: 'refused', refusal: 'enough', state: { events: 30 } });
      expect(ledger.load(convoyOne, countFold)).toMatchObject({ version: 30, state: { events: 30 } });
      expect(ledger.load('town', countFold)).toEqual({ version: 0, state: { events: 0, notes: [] } });
      await ledger.close();
    });

    it('fails only the work that throws, and undoes all of it', async () => {
      using folder = temporaryFolder();
      const ledger = open(folder.file('beads.db'));
      const good = (note: string) =>
        ledger.decide({
          stream: convoyOne,
          fold: countFold,
          decide: () => accept(beadNoted(1, note)),
          ...provenance,
        });
      const invalid = { type: 'BeadNoted', data: { bead: 1, note: '' } } as const;
      const results = await Promise.allSettled([
        good('before'),
        ledger.append({
          stream: convoyOne,
          expected: 'must-exist',
          events: [beadNoted(1, 'half'), invalid],
          ...provenance,
        }),
        good('after'),
      ]);
      expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(results[1]).toMatchObject({ reason: { fault: { kind: 'invalid-event', type: 'BeadNoted' } } });
      expect(ledger.load(convoyOne, countFold).state.notes).toEqual(['before', 'after']);
      expect(ledger.read(convoyOne).map((event) => event.position)).toEqual([1, 2]);
      await ledger.close();
    });

    it('stores a content once, whatever its bytes', async () => {
      using folder = temporaryFolder();
      const ledger = open(folder.file('beads.db'));
      const text = Buffer.from('the same line\n'.repeat(10_000));
      const hash = await ledger.putContent(text);
      expect(await ledger.putContent(text)).toBe(hash);
      const noise = crypto.getRandomValues(new Uint8Array(1_000));
      const others = [noise, new Uint8Array(0)];
      for (const bytes of others) {
        expect(Buffer.from(ledger.getContent(await ledger.putContent(bytes)) ?? [1])).toEqual(
          Buffer.from(bytes),
        );
      }
      expect(Buffer.from(ledger.getContent(hash) ?? [])).toEqual(text);
      expect(ledger.getContent('0'.repeat(64))).toBeNull();
      await ledger.close();
    });

    it('says that it is closed', async () => {
      using folder = temporaryFolder();
      const ledger = open(folder.file('beads.db'));
      await ledger.close();
      await ledger.close();
      expect(() => ledger.read('town')).toThrow('The ledger is closed');
      await expect(
        ledger.append({ stream: 'town', expected: 0, events: [beadCreated(1)], ...provenance }),
      ).rejects.toMatchObject({ kind: 'closed' });
    });
  });
}

describe('a ledger in a file', () => {
  it('keeps everything over a restart, and goes on where it was', async () => {
    using folder = temporaryFolder();
    const path = folder.file('.gas-town/beads.db');
    const first = openLedger({ path, clock });
    await first.append({
      stream: convoyOne,
      expected: 0,
      events: [convoyOpened(), beadCreated(1)],
      ...provenance,
      key: 'k',
    });
    const before = first.readAll(0, 10);
    await first.close();
    const second = openLedger({ path, clock });
    expect(second.readAll(0, 10)).toEqual(before);
    const again = { stream: convoyOne, expected: 0, events: [beadCreated(1)], ...provenance, key: 'k' };
    expect(await second.append(again)).toEqual({ status: 'repeated', events: before });
    await second.append({ stream: convoyOne, expected: 2, events: [beadNoted(1, 'more')], ...provenance });
    expect(second.load(convoyOne, countFold).version).toBe(3);
    await second.close();
  });

  it('shows its beads to anybody with a SQLite shell', async () => {
    using folder = temporaryFolder();
    const path = folder.file('beads.db');
    const ledger = openLedger({ path, clock });
    const slung = { type: 'BeadSlung', data: { bead: 1, topic: 'parser' } } as const;
    const events = [convoyOpened(), beadCreated(1), beadCreated(2, [1]), slung, beadNoted(1, 'one')];
    await ledger.append({ stream: convoyOne, expected: 0, events, ...provenance });
    const reader = new Sqlite(path, { readonly: true });
    expect(reader.prepare('SELECT id, title, status, assignee FROM beads').raw().all()).toEqual([
      ['12.1', 'Bead 1', 'open', 'polecat:parser'],
      ['12.2', 'Bead 2', 'open', ''],
    ]);
    expect(reader.prepare('SELECT needs FROM beads WHERE number = 2').pluck().get()).toBe('12.1');
    reader.close();
    await ledger.close();
  });

  it('is one and the same for two connections', async () => {
    using folder = temporaryFolder();
    const path = folder.file('beads.db');
    const one = openLedger({ path, clock });
    const two = openLedger({ path, clock });
    const note = (ledger: typeof one, text: string) =>
      ledger.decide({
        stream: convoyOne,
        fold: countFold,
        decide: () => accept(beadNoted(1, text)),
        ...provenance,
      });
    await one.append({ stream: convoyOne, expected: 0, events: [beadCreated(1)], ...provenance });
    for (const turn of [1, 2, 3]) {
      await note(one, `one ${turn}`);
      await note(two, `two ${turn}`);
    }
    expect(one.load(convoyOne, countFold)).toEqual(two.load(convoyOne, countFold));
    expect(one.load(convoyOne, countFold).state.notes).toHaveLength(6);
    await one.close();
    await two.close();
    const reader = new Sqlite(path, { readonly: true });
    expect(reader.prepare('SELECT notes FROM beads').pluck().get()).toBe(
      'one 1\ntwo 1\none 2\ntwo 2\none 3\ntwo 3',
    );
    reader.close();
  });

  it('uses a snapshot only when it belongs to the fold and the stream', async () => {
    using folder = temporaryFolder();
    const path = folder.file('beads.db');
    const first = openLedger({ path, clock });
    await first.append({ stream: convoyOne, expected: 0, events: [beadCreated(1)], ...provenance });
    for (let n = 0; n < 250; n += 1) {
      const decide = () => accept(beadNoted(1, `${n}`));
      await first.decide({ stream: convoyOne, fold: countFold, decide, ...provenance });
    }
    const whole = first.load(convoyOne, countFold);
    await first.close();

    const second = openLedger({ path, clock });
    let evolved = 0;
    const counting = {
      ...countFold,
      evolve: (...args: Parameters<typeof countFold.evolve>) => {
        evolved += 1;
        return countFold.evolve(...args);
      },
    };
    expect(second.load(convoyOne, counting)).toEqual(whole);
    expect(evolved).toBeLessThan(100);
    evolved = 0;
    expect(second.load(convoyOne, { ...counting, version: 2 })).toEqual(whole);
    expect(evolved).toBe(251);
    await second.close();
  });
});
