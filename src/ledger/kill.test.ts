import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { bundlePrograms } from '../testing/bundle-programs.ts';
import { type RunningScript, runScript, scriptFile } from '../testing/ledger/run-script.ts';
import { clock, convoyOne } from '../testing/ledger/sample-events.ts';
import { temporaryFolder } from '../testing/ledger/temporary-folder.ts';
import { openLedger } from './open-ledger.ts';
import { openReader } from './open-reader.ts';
import { verifyLedger } from './queries/verify-ledger.ts';

/** Kills in one process after the other; each life ends at a moment of its own. */
const kills = 200;
/** Processes that are loaded already and wait for the one before them to die: loading takes longer than living. */
const waiting = 3;

it('loses nothing that it acknowledged, and holds nothing by halves, wherever it is killed', {
  timeout: 600_000,
}, async () => {
  using folder = temporaryFolder();
  await using bundle = await bundlePrograms(
    scriptFile('append-and-acknowledge.ts'),
    new URL('sqlite/checkpoint-worker.ts', import.meta.url),
  );
  const program = bundle.program('append-and-acknowledge');
  const path = folder.file('beads.db');
  const acknowledged = new Map<string, number>();
  const lives: RunningScript[] = [];
  for (let life = 1; life <= kills; life += 1) {
    while (lives.length < Math.min(kills, life + waiting)) {
      const name = `life${lives.length + 1}`;
      lives.push(runScript(program, [path, name]));
    }
    await liveAndDie(lives[life - 1], acknowledged);
    if (life % 20 === 0 || life < 5) expectWhole(path, acknowledged);
  }
  expect(lives).toHaveLength(kills);
  expect(acknowledged.size).toBeGreaterThan(kills);
  expectWhole(path, acknowledged);
  await expectRepeated(path, acknowledged);
});

/** Every key that was acknowledged, whichever life told of it and whether or not that had come to index it. */
async function expectRepeated(path: string, acknowledged: ReadonlyMap<string, number>): Promise<void> {
  const ledger = openLedger({ path, clock });
  for (const [key, position] of acknowledged) {
    const events = ledger.repeatOf(convoyOne, key);
    expect(events).toHaveLength(3);
    expect(isCut(position, events?.[0]?.position)).toBe(true);
  }
  await ledger.close();
}

async function liveAndDie(life: RunningScript | undefined, acknowledged: Map<string, number>): Promise<void> {
  if (life === undefined) throw new Error('nobody waits');
  const reading = readAcknowledged(life.lines, acknowledged);
  life.process.stdin.write('begin\n');
  await reading.up;
  await delay(Math.random() * 50);
  life.process.kill('SIGKILL');
  expect((await life.ended).code).toBeNull();
  await reading.end;
}

function readAcknowledged(
  lines: AsyncIterator<string>,
  acknowledged: Map<string, number>,
): { up: Promise<void>; end: Promise<void> } {
  const up = Promise.withResolvers<void>();
  const read = async (): Promise<void> => {
    for (let line = await lines.next(); !line.done; line = await lines.next()) {
      const [key = '', position] = line.value.split(' ');
      // A line that the kill has cut off acknowledges nothing.
      if (key === 'up') up.resolve();
      else if (position !== undefined && position !== '') acknowledged.set(key, Number(position));
    }
    up.reject(new Error('it ended before it was up'));
  };
  return { up: up.promise, end: read() };
}

function expectWhole(path: string, acknowledged: ReadonlyMap<string, number>): void {
  const reader = openReader(path);
  try {
    const events = reader.log.read(convoyOne, 0);
    expect(verifyLedger(reader)).toMatchObject({ events: events.length, fault: null });
    expect(events.length % 3).toBe(0);
    const firstOfKey = new Map<string, number>();
    for (let at = 0; at < events.length; at += 3) {
      const [created, noted, again] = events.slice(at, at + 3);
      if (created?.type !== 'BeadCreated' || noted?.type !== 'BeadNoted' || again?.type !== 'BeadNoted') {
        throw new Error(`position ${at + 1} is half an append`);
      }
      expect(again.data.note).toBe(`${noted.data.note} again`);
      expect(firstOfKey.has(noted.data.note)).toBe(false);
      firstOfKey.set(noted.data.note, created.position);
    }
    for (const [key, position] of acknowledged) {
      if (firstOfKey.get(key) !== position && !isCut(position, firstOfKey.get(key))) {
        throw new Error(`${key} was acknowledged at ${position} and is at ${firstOfKey.get(key)}`);
      }
    }
  } finally {
    reader.close();
  }
}

/** The pipe's last line may have lost its end: its number is then the beginning of the real one. */
function isCut(told: number, real: number | undefined): boolean {
  return real !== undefined && String(real).startsWith(String(told));
}
