import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { beadNoted, clock, convoyOne, provenance } from '../../testing/ledger/sample-events.ts';
import { temporaryFolder } from '../../testing/ledger/temporary-folder.ts';
import { openLedger } from '../open-ledger.ts';

const frame = 24 + 4_096;

/** Copies of a ledger's file and log as a power cut leaves them: five appends are in the log alone. */
async function afterPowerCut(path: string, copy: string): Promise<Buffer> {
  await openLedger({ path, clock }).close();
  const ledger = openLedger({ path, clock });
  for (let n = 0; n < 5; n += 1) {
    await ledger.append({ stream: convoyOne, expected: n, events: [beadNoted(1, `${n}`)], ...provenance });
  }
  copyFileSync(path, copy);
  const log = readFileSync(`${path}-wal`);
  await ledger.close();
  return log;
}

/** Where each transaction's last frame ends, in bytes. */
function ends(log: Buffer): number[] {
  const found: number[] = [];
  for (let at = 32; at + frame <= log.length; at += frame) {
    if (log.readUInt32BE(at + 4) !== 0) found.push(at + frame);
  }
  return found;
}

it('refuses a log with a flipped byte that SQLite would drop acknowledged events for', async () => {
  using folder = temporaryFolder();
  const path = folder.file('copy.db');
  const log = await afterPowerCut(folder.file('beads.db'), path);
  const third = ends(log).at(-3) ?? 0;
  for (const at of [third - 100, third - frame + 20]) {
    const damaged = Buffer.from(log);
    damaged[at] = (damaged[at] ?? 0) ^ 1;
    writeFileSync(`${path}-wal`, damaged);
    for (let time = 0; time < 2; time += 1) {
      expect(() => openLedger({ path, clock })).toThrow(
        expect.objectContaining({ fault: expect.objectContaining({ kind: 'corrupt', path }) }),
      );
      expect(readFileSync(`${path}-wal`)).toEqual(damaged);
    }
  }
  writeFileSync(`${path}-wal`, log);
  const ledger = openLedger({ path, clock });
  expect(ledger.read(convoyOne)).toHaveLength(5);
  await ledger.close();
});

it('takes a log whose last transaction was torn: nobody was told of that one', async () => {
  using folder = temporaryFolder();
  const path = folder.file('copy.db');
  const log = await afterPowerCut(folder.file('beads.db'), path);
  const last = ends(log).at(-1) ?? 0;
  const torn = Buffer.from(log);
  torn.fill(0, ends(log).at(-2), last - frame);
  writeFileSync(`${path}-wal`, torn);
  const ledger = openLedger({ path, clock });
  expect(ledger.read(convoyOne)).toHaveLength(4);
  const events = [beadNoted(1, 'again')];
  expect(await ledger.append({ stream: convoyOne, expected: 4, events, ...provenance })).toMatchObject({
    status: 'appended',
  });
  await ledger.close();
});
