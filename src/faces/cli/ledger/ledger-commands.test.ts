import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { Command } from 'commander';
import { expect, it } from 'vitest';
import { openLedger } from '../../../ledger/open-ledger.ts';
import { fillLedger } from '../../../testing/ledger/filled-ledger.ts';
import { beadNoted, clock, convoyOne, provenance } from '../../../testing/ledger/sample-events.ts';
import { temporaryFolder } from '../../../testing/ledger/temporary-folder.ts';
import { CannotRun } from '../cannot-run.ts';
import { registerLedgerCommands } from './register-ledger-commands.ts';

interface Ran {
  readonly out: string;
  readonly status: number;
  readonly refused: CannotRun | null;
}

/** Runs `gastown ledger <args>` in a folder. */
async function run(cwd: string, ...args: readonly string[]): Promise<Ran> {
  let out = '';
  let status = 0;
  const program = new Command('gastown').configureOutput({
    writeOut: (text) => {
      out += text;
    },
  });
  registerLedgerCommands(program, {
    cwd,
    ended: (code) => {
      status = code;
    },
  });
  try {
    await program.parseAsync(['ledger', ...args], { from: 'user' });
    return { out, status, refused: null };
  } catch (error) {
    if (error instanceof CannotRun) return { out, status, refused: error };
    throw error;
  }
}

async function workspace(): Promise<ReturnType<typeof temporaryFolder>> {
  const folder = temporaryFolder();
  mkdirSync(folder.file('.gas-town'));
  await fillLedger(folder.file('.gas-town/beads.db'));
  return folder;
}

it('shows a stream as a story, and lists the streams', async () => {
  using folder = await workspace();
  const story = await run(folder.path, 'show', '12');
  expect(story.out.split('\n').slice(0, 4)).toEqual([
    '    1  2026-01-02 03:04:05  mayor: opened convoy #12: A calculator',
    '    2  2026-01-02 03:04:05  mayor: created bead 1: Bead 1',
    '    3  2026-01-02 03:04:05  mayor: created bead 2: Bead 2, needs 1',
    '    4  2026-01-02 03:04:05  mayor: slung bead 1 to polecat parser',
  ]);
  const list = await run(folder.path, 'show');
  expect(list.out).toMatch(/^stream +events +began +newest\nconvoy\/1\/12 +7 /);
  const lines = (await run(folder.path, 'show', 'session/', '--json')).out.trim().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ type: 'SessionStarted', version: 1 }]);
  expect((await run(folder.path, 'show', 'convoy/9/9')).refused?.status).toBe('notFound');
});

it('shows the beads as they were', async () => {
  using folder = await workspace();
  const at = await run(folder.path, 'at', '4');
  expect(at.out).toContain('As of position 4:');
  expect(at.out).toMatch(/12\.1 +Bead 1 +open +polecat:parser/);
  const before = await run(folder.path, 'at', '2020-01-01T00:00Z', '--json');
  expect(JSON.parse(before.out)).toEqual({ position: 0, tables: { beads: [] } });
  const convoys = await run(folder.path, 'at', '8', '--model', 'convoys', '--json');
  expect(JSON.parse(convoys.out)).toMatchObject({ tables: { convoys: [{ issue: 12, status: 'open' }] } });
  expect((await run(folder.path, 'at', '8', '--model', 'nothing')).refused?.message).toContain(
    'beads, convoys',
  );
});

it('tells why a bead is as it is', async () => {
  using folder = await workspace();
  const why = await run(folder.path, 'why', '12.1');
  expect(why.out).toContain('Bead 12.1: Bead 1\nIt is closed and landed');
  expect(why.out).toContain('because of delivery-1');
  expect(why.out).toContain('because of BeadSlung of convoy/1/12 (position 4)');
  expect((await run(folder.path, 'why', '12.2')).out).toContain('It is open');
  expect((await run(folder.path, 'why', '12.7')).refused?.message).toBe(
    'There is no bead 12.7 in this ledger.',
  );
});

it('verifies, rebuilds, exports, imports and backs up, beside a living town where that may be', async () => {
  using folder = await workspace();
  const fine = { events: 8, streams: 2, fault: null, leftOut: [] };
  expect(JSON.parse((await run(folder.path, 'verify', '--json')).out)).toEqual(fine);
  expect((await run(folder.path, 'rebuild')).out).toContain('Made anew: beads, convoys');
  const toFile = await run(folder.path, 'export', '--output', 'all.jsonl');
  expect(toFile.out).toContain('Wrote 10 lines');
  const printed = await run(folder.path, 'export');
  expect(readFileSync(folder.file('all.jsonl'), 'utf8')).toBe(printed.out);
  const taken = await run(folder.path, 'import', 'all.jsonl', '--file', 'other.db');
  expect(taken.out).toBe('Took in 8 events and 1 contents; 0 events were known.\n');
  expect((await run(folder.path, 'export', '--file', 'other.db')).out).toBe(printed.out);

  const path = folder.file('.gas-town/beads.db');
  const town = openLedger({ path, clock, writer: { name: 'town' } });
  const note = { expected: 'must-exist', events: [beadNoted(2, 'while it runs')], ...provenance } as const;
  const [, copied] = await Promise.all([
    town.append({ stream: convoyOne, ...note }),
    run(folder.path, 'backup', 'copy.db', '--json'),
  ]);
  expect(JSON.parse(copied.out)).toMatchObject({ path: folder.file('copy.db') });
  await town.append({ stream: convoyOne, ...note });
  expect((await run(folder.path, 'backup', 'copy.db')).refused?.status).toBe('workspace');
  const again = await run(folder.path, 'backup', 'later.db');
  expect(again.out).toContain('up to position 10 to');
  expect(JSON.parse((await run(folder.path, 'verify', '--file', 'later.db', '--json')).out)).toEqual({
    ...fine,
    events: 10,
  });
  expect(existsSync(folder.file('later.db.partial'))).toBe(false);
  expect((await run(folder.path, 'rebuild')).refused?.message).toContain('Another town (town,');
  await town.close();
});

it('says in one sentence what is wrong, and ends with its own status', async () => {
  using folder = temporaryFolder();
  expect((await run(folder.path, 'show')).refused).toMatchObject({ status: 'notFound' });
  mkdirSync(folder.file('.gas-town'));
  expect((await run(folder.path, 'rebuild')).refused).toMatchObject({ status: 'notFound' });
  expect(existsSync(folder.file('.gas-town/beads.db'))).toBe(false);
  expect((await run(folder.path, 'import', 'nothing.jsonl')).refused).toMatchObject({ status: 'usage' });
});
