import { describe, expect, it, onTestFinished } from 'vitest';
import { accept, type NewEvent, refuse } from '../../domain/event.ts';
import { bareRepository } from '../../testing/ledger/bare-repository.ts';
import { gitLedgerOn } from '../../testing/ledger/git-ledger.ts';
import {
  beadCreated,
  beadNoted,
  clock,
  convoyOne,
  convoyOpened,
  countFold,
  provenance,
} from '../../testing/ledger/sample-events.ts';
import { temporaryFolder } from '../../testing/ledger/temporary-folder.ts';
import { openLedger } from '../open-ledger.ts';
import type { Ledger } from '../ports/ledger.ts';

/** What every ledger owes its callers, whatever keeps its events. `open` twice on one folder is one ledger, opened again. */
const ledgers: readonly (readonly [string, (folder: { file(name: string): string }) => Promise<Ledger>])[] = [
  ['SQLite', async (folder) => openLedger({ path: folder.file('beads.db'), clock })],
  [
    'git refs',
    async (folder) => {
      const { remote } = bareRepository(folder.file('remote.git'));
      const ledger = await gitLedgerOn(remote, folder.file('runner'));
      await ledger.follow([convoyOne]);
      return ledger;
    },
  ],
];

const session = 'session/00000000-0000-7000-8000-000000000001';
const ended: NewEvent = { type: 'SessionEnded', data: { outcome: 'done', text: 'ok', detail: '' } };

describe.each(ledgers)('a ledger in %s', (_, openIn) => {
  const opened = async (): Promise<{ ledger: Ledger; again: () => Promise<Ledger> }> => {
    const folder = temporaryFolder();
    onTestFinished(() => folder[Symbol.dispose]());
    return { ledger: await openIn(folder), again: () => openIn(folder) };
  };
  const appendTo = (
    ledger: Ledger,
    expected: 'must-exist' | 'must-not-exist' | number,
    ...events: NewEvent[]
  ) => ledger.append({ stream: convoyOne, expected, events, ...provenance });

  it('takes events, chains them, and gives them back as they were appended', async () => {
    const { ledger } = await opened();
    const events = [convoyOpened(), beadCreated(1), beadNoted(1, 'look “here”\nand there')];
    const result = await appendTo(ledger, 'must-not-exist', ...events);
    const read = ledger.read(convoyOne);
    expect(result).toEqual({ status: 'appended', events: read });
    expect(read.map(({ type, data }) => ({ type, data }))).toEqual(events);
    expect(read.map(({ version, position }) => [version, position])).toEqual([1, 2, 3].map((n) => [n, n]));
    expect(new Set(read.map(({ hash }) => hash)).size).toBe(3);
    expect([ledger.read(convoyOne, 2), ledger.readAll(1, 1)]).toEqual([read.slice(2), read.slice(1, 2)]);
    expect(ledger.streams('convoy/')).toEqual([convoyOne]);
    await ledger.close();
  });

  it('honours each way of expecting a version; of two in one turn the first wins', async () => {
    const { ledger } = await opened();
    expect(await appendTo(ledger, 'must-exist', convoyOpened())).toEqual({
      status: 'conflict',
      currentVersion: 0,
    });
    expect(await appendTo(ledger, 0, convoyOpened())).toMatchObject({ status: 'appended' });
    const again = await appendTo(ledger, 'must-not-exist', convoyOpened());
    expect(again).toEqual({ status: 'conflict', currentVersion: 1 });
    const racing = await Promise.all([
      appendTo(ledger, 1, beadCreated(1)),
      appendTo(ledger, 1, beadCreated(2)),
    ]);
    expect(racing.map(({ status }) => status)).toEqual(['appended', 'conflict']);
    expect(racing[1]).toEqual({ status: 'conflict', currentVersion: 2 });
    await ledger.close();
  });

  it('gives the first result again for a key, in one turn and after it was opened anew', async () => {
    const { ledger, again } = await opened();
    await appendTo(ledger, 0, convoyOpened());
    const keyed = (to: Ledger, note: string) =>
      to.append({
        stream: convoyOne,
        expected: to.read(convoyOne).length,
        events: [beadNoted(1, note), beadNoted(1, `${note} too`)],
        ...provenance,
        key: 'delivery:77',
      });
    const [first, second] = await Promise.all([keyed(ledger, 'a'), keyed(ledger, 'b')]);
    expect([first?.status, second?.status]).toEqual(['appended', 'repeated']);
    await ledger.close();
    const later = await again();
    expect(await keyed(later, 'c')).toEqual({ ...second });
    expect(later.load(convoyOne, countFold).state.notes).toEqual(['a', 'a too']);
    await later.close();
  });

  it('decides on what is there, also on what another decision of the same turn added; a refusal appends nothing', async () => {
    const { ledger } = await opened();
    await appendTo(ledger, 0, convoyOpened());
    const note = (text: string) =>
      ledger.decide({
        stream: convoyOne,
        fold: countFold,
        ...provenance,
        decide: (state) =>
          state.notes.length < 2 ? accept(beadNoted(1, `${text}${state.notes.length}`)) : refuse('full'),
      });
    const results = await Promise.all([note('a'), note('b'), note('c')]);
    expect(results.map(({ status }) => status)).toEqual(['appended', 'appended', 'refused']);
    expect(results.map(({ state }) => state.notes)).toEqual([['a0'], ['a0', 'b1'], ['a0', 'b1']]);
    expect(ledger.load(convoyOne, countFold)).toEqual({
      state: { events: 3, notes: ['a0', 'b1'] },
      version: 3,
    });
    await ledger.close();
  });

  it('decides after whatever was begun before it, also where that alone makes it possible', async () => {
    const { ledger } = await opened();
    await appendTo(ledger, 0, convoyOpened());
    const from = (events: number, event: NewEvent) =>
      ledger.decide({
        stream: convoyOne,
        fold: countFold,
        ...provenance,
        decide: (state) => (state.events >= events ? accept(event) : refuse('too early')),
      });
    const slung: NewEvent = { type: 'BeadSlung', data: { bead: 1, topic: 'one' } };
    const results = await Promise.all([
      from(1, beadCreated(1)),
      from(2, beadCreated(2)),
      from(3, slung),
      from(4, beadNoted(2, 'in order')),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['appended', 'appended', 'appended', 'appended']);
    expect(
      ledger
        .read(convoyOne)
        .map(({ type }) => type)
        .slice(1),
    ).toEqual(['BeadCreated', 'BeadCreated', 'BeadSlung', 'BeadNoted']);
    await ledger.close();
  });

  it('refuses what is no event of its type, and keeps what shares its turn', async () => {
    const { ledger } = await opened();
    const wrong = beadCreated(1);
    const bad = appendTo(ledger, 0, { ...wrong, data: { ...wrong.data, bead: -1 } });
    const good = appendTo(ledger, 0, convoyOpened());
    await expect(bad).rejects.toMatchObject({ fault: { kind: 'invalid-event', type: 'BeadCreated' } });
    expect(await good).toMatchObject({ status: 'appended' });
    expect(ledger.read(convoyOne)).toHaveLength(1);
    await ledger.close();
  });

  it('tells subscribers every event once and in order, and keeps contents by their hash', async () => {
    const { ledger } = await opened();
    const heard: number[] = [];
    const subscription = ledger.subscribe({
      after: 0,
      handle: ({ position }) => void heard.push(position),
      onError: () => null,
    });
    await appendTo(ledger, 0, convoyOpened(), beadCreated(1));
    await ledger.append({ stream: session, expected: 0, events: [ended], ...provenance });
    await appendTo(ledger, 2, beadNoted(1, 'done'));
    await subscription.caughtUp();
    expect(heard).toEqual([1, 2, 3, 4]);
    const hash = await ledger.putContent(Buffer.from('an output'));
    expect(Buffer.from(ledger.getContent(hash) ?? []).toString()).toBe('an output');
    await ledger.close();
    await expect(appendTo(ledger, 0, convoyOpened())).rejects.toMatchObject({ fault: { kind: 'closed' } });
  });

  it('has every acknowledged event when it is opened again', async () => {
    const { ledger, again } = await opened();
    await appendTo(ledger, 0, convoyOpened(), beadCreated(1));
    await ledger.append({ stream: session, expected: 0, events: [ended], ...provenance });
    const before = [ledger.read(convoyOne), ledger.read(session)];
    await ledger.close();
    const later = await again();
    expect([later.read(convoyOne), later.read(session)]).toEqual(before);
    await later.close();
  });
});
