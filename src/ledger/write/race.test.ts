import { expect, it } from 'vitest';
import { runScript } from '../../testing/ledger/run-script.ts';
import { beadCreated, clock, convoyOne, provenance } from '../../testing/ledger/sample-events.ts';
import { temporaryFolder } from '../../testing/ledger/temporary-folder.ts';
import { openLedger } from '../open-ledger.ts';

it('has one winner per version between two processes, and the loser leaves no trace', async () => {
  using folder = temporaryFolder();
  const path = folder.file('beads.db');
  const ledger = openLedger({ path, clock });
  await ledger.append({ stream: convoyOne, expected: 0, events: [beadCreated(1)], ...provenance });
  const racers = ['left', 'right'].map((name) => runScript('race-appends.ts', [path, name]));
  for (const racer of racers) expect((await racer.lines.next()).value).toBe('ready');
  for (let version = 1; version <= 100; version += 1) {
    for (const racer of racers) racer.process.stdin.write(`${version}\n`);
    const told = await Promise.all(racers.map((racer) => racer.lines.next()));
    expect(told.map((one) => one.value).sort()).toEqual(['appended', `conflict ${version + 1}`]);
  }
  for (const racer of racers) racer.process.stdin.end();
  for (const racer of racers) expect(await racer.ended).toEqual({ code: 0, errors: '' });
  const events = ledger.readAll(0, 1_000);
  expect(events.map((event) => event.position)).toEqual(Array.from({ length: 101 }, (_, n) => n + 1));
  const notes = events.flatMap((event) => (event.type === 'BeadNoted' ? [event.data.note] : []));
  expect(notes.map((note) => Number(note.split(' ')[1]))).toEqual(
    Array.from({ length: 100 }, (_, n) => n + 1),
  );
  await ledger.close();
});
