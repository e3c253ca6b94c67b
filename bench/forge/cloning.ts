import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { startForge } from '../../src/forge/index.ts';
import { median, type Row, relative, timed } from '../row.ts';
import { httpBackend } from './http-backend.ts';

const commits = 5000;
const run = promisify(execFile);

/** A clone from the forge over a clone of the same bare repository from git's own CGI program, taken in turns. */
export async function cloning(): Promise<Row> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bench-forge-'));
  const forge = await startForge({ folder: path.join(folder, 'forge') });
  try {
    const made = await forge.createRepository({ owner: 'acme', name: 'widgets' });
    await fill(made.bareRepository);
    const backend = await httpBackend(path.dirname(made.bareRepository));
    const reference = `${backend.url}/${path.basename(made.bareRepository)}`;
    const ours: number[] = [];
    const theirs: number[] = [];
    let turn = 0;
    const clone = (url: string) =>
      timed(() => run('git', ['clone', '--quiet', '--bare', url, path.join(folder, `copy-${turn++}`)]));
    for (let round = 0; round < 7; round += 1) {
      ours.push(await clone(made.cloneUrl));
      theirs.push(await clone(reference));
    }
    backend.close();
    return relative('forge', {
      name: 'clone/http-backend',
      value: median(ours),
      unit: 'ms',
      reference: { name: 'git http-backend', value: median(theirs) },
      target: 1.2,
      better: 'lower',
    });
  } finally {
    await forge.close();
    await rm(folder, { recursive: true });
  }
}

/** 5,000 commits that each change one of 500 files, packed as a server would have them. */
async function fill(bare: string): Promise<void> {
  const importer = spawn('git', ['--git-dir', bare, 'fast-import', '--quiet'], {
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const ended = new Promise<void>((resolve, reject) => {
    importer.on('error', reject);
    importer.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`fast-import ended with ${code}`)),
    );
  });
  for (let commit = 0; commit < commits; commit += 1) {
    const content = `line ${commit}\n`.repeat(50);
    importer.stdin.write(
      `commit refs/heads/main\ncommitter Bench <bench@example.com> ${1_700_000_000 + commit} +0000\ndata 6\nChange\n` +
        `M 100644 inline folder${commit % 20}/file${commit % 500}.txt\ndata ${content.length}\n${content}\n`,
    );
  }
  importer.stdin.end('done\n');
  await ended;
  await run('git', ['--git-dir', bare, 'repack', '-adq']);
}
