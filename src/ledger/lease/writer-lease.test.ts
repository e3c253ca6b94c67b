import { cpSync } from 'node:fs';
import { expect, it } from 'vitest';
import { runScript } from '../../testing/ledger/run-script.ts';
import { beadCreated, beadNoted, clock, convoyOne, provenance } from '../../testing/ledger/sample-events.ts';
import { temporaryFolder } from '../../testing/ledger/temporary-folder.ts';
import { openLedger } from '../open-ledger.ts';

const note = {
  stream: convoyOne,
  expected: 'must-exist',
  events: [beadNoted(1, 'n')],
  ...provenance,
} as const;

it('refuses a second town in this process and in another, and lets tools append', async () => {
  using folder = temporaryFolder();
  const path = folder.file('beads.db');
  const town = openLedger({ path, clock, writer: { name: 'first' } });
  await town.append({ stream: convoyOne, expected: 0, events: [beadCreated(1)], ...provenance });
  const second = () => openLedger({ path, clock, writer: { name: 'second' } });
  const held = { kind: 'lease-held', path, holder: 'first', since: clock().toISOString(), generation: 1 };
  expect(second).toThrow(expect.objectContaining({ fault: held }));
  const other = await runScript('hold-town.ts', [path, 'third']).ended;
  expect(other.code).not.toBe(0);
  expect(other.errors).toContain('Another town (first,');
  const tool = openLedger({ path, clock });
  expect(await tool.append(note)).toMatchObject({ status: 'appended' });
  expect(town.read(convoyOne)).toHaveLength(2);
  await tool.close();
  await town.close();
  const next = second();
  expect(await next.append(note)).toMatchObject({ status: 'appended' });
  await next.close();
});

it('takes over at once from a town that was killed, and from then on refuses older tools', async () => {
  using folder = temporaryFolder();
  const path = folder.file('beads.db');
  const killed = runScript('hold-town.ts', [path, 'killed']);
  expect(await killed.lines.next()).toMatchObject({ value: 'town is up' });
  const tool = openLedger({ path, clock });
  await tool.append({ stream: convoyOne, expected: 0, events: [beadCreated(1)], ...provenance });
  expect(() => openLedger({ path, clock, writer: { name: 'early' } })).toThrow('Another town (killed,');
  killed.process.kill('SIGKILL');
  await killed.ended;
  const town = openLedger({ path, clock, writer: { name: 'next' } });
  await expect(tool.append(note)).rejects.toMatchObject({
    fault: { kind: 'lease-lost', ours: 1, current: 2, holder: 'next' },
  });
  expect(tool.read(convoyOne)).toHaveLength(1);
  expect(await town.append(note)).toMatchObject({ status: 'appended' });
  await tool.close();
  await town.close();
});

it('lets a copy of the folder have a town of its own', async () => {
  using folder = temporaryFolder();
  const town = openLedger({ path: folder.file('one/beads.db'), clock, writer: { name: 'one' } });
  await town.append({ stream: convoyOne, expected: 0, events: [beadCreated(1)], ...provenance });
  await town.close();
  const again = openLedger({ path: folder.file('one/beads.db'), clock, writer: { name: 'one' } });
  cpSync(folder.file('one'), folder.file('two'), { recursive: true });
  const copy = openLedger({ path: folder.file('two/beads.db'), clock, writer: { name: 'two' } });
  expect(copy.read(convoyOne)).toEqual(again.read(convoyOne));
  await copy.append(note);
  expect(again.read(convoyOne)).toHaveLength(1);
  await copy.close();
  await again.close();
});

it('does not let a tool that is open keep a town from starting', async () => {
  using folder = temporaryFolder();
  const path = folder.file('beads.db');
  const tool = openLedger({ path, clock });
  const town = openLedger({ path, clock, writer: { name: 'town' } });
  await town.append({ stream: convoyOne, expected: 0, events: [beadCreated(1)], ...provenance });
  expect(tool.read(convoyOne)).toHaveLength(1);
  await town.close();
  await tool.close();
});
