import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { absolute, type Row } from '../row.ts';

/** The town's own memory at its highest while it lands one bead on a repository of 1 GB, in a process of its own. */
export async function land1gb(): Promise<Row> {
  const folder = await mkdtemp(join(tmpdir(), 'gas-town-bench-'));
  try {
    const child = spawn(process.execPath, [new URL('land-once.ts', import.meta.url).pathname, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
    if (code !== 0) throw new Error(`landing ended with status ${String(code)}`);
    return absolute('refinery', {
      name: 'land-1gb-rss-mb',
      value: Math.round(Number(said)),
      unit: 'MB',
      target: 250,
      better: 'lower',
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
