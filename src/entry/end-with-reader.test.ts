import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordEvents } from '../testing/events/record-events.ts';
import { smallConvoy } from '../testing/events/small-convoy.ts';
import { writeLedger } from '../testing/events/write-ledger.ts';

const program = fileURLToPath(new URL('./cli.ts', import.meta.url));
let workspace = '';

beforeAll(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'gas-town-reader-'));
  await mkdir(join(workspace, '.gas-town'));
  const note = { type: 'BeadNoted', data: { bead: 1, note: 'x'.repeat(1000) } } as const;
  const notes = Array.from({ length: 1000 }, () => ({
    stream: 'convoy/7/1' as const,
    actor: 'mayor',
    event: note,
  }));
  const [opened] = smallConvoy;
  if (!opened) throw new Error('The story begins with an event.');
  const more = recordEvents([{ stream: opened.stream, actor: opened.actor, event: opened }, ...notes]);
  await writeLedger(join(workspace, '.gas-town', 'beads.db'), more);
});
afterAll(() => rm(workspace, { recursive: true }));

it('says nothing when its reader goes away in the middle', async () => {
  const child = spawn(process.execPath, [program, 'log', '--json', '--workspace', workspace], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await once(child.stdout, 'data');
  child.stdout.destroy();
  const [error, [status]] = await Promise.all([text(child.stderr), once(child, 'close')]);
  expect([status, error]).toEqual([0, '']);
});
