import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { refineryRig } from '../../src/testing/refinery/refinery-rig.ts';
import { integrate } from '../../src/town/refinery/integrate.ts';
import { closeBeads } from './closed-beads.ts';

const files = 20_000;
const bytesPerFile = 50_000;

/** Puts a commit with 1 GB of random files into the rig's repository, in a process of git's that never holds it whole. */
async function bigCommit(repository: string): Promise<string> {
  const git = spawn('git', [
    '--git-dir',
    repository,
    '-c',
    'core.compression=0',
    'fast-import',
    '--quiet',
    '--force',
  ]);
  const said: Buffer[] = [];
  git.stdout.on('data', (piece: Buffer) => said.push(piece));
  const send = async (piece: string | Buffer): Promise<void> => {
    if (!git.stdin.write(piece)) await once(git.stdin, 'drain');
  };
  const filler = randomBytes(4 * 2 ** 20);
  await send('commit refs/heads/big\nmark :1\ncommitter b <b> 1767225600 +0000\ndata 0\n');
  for (let index = 0; index < files; index += 1) {
    const at = (index * 7919) % (filler.length - bytesPerFile - 8);
    // The number first, so that no two files are the same object.
    const name = String(index).padStart(8, '0');
    await send(`M 100644 inline folder${index % 200}/file${index}\ndata ${bytesPerFile + 8}\n${name}`);
    await send(filler.subarray(at, at + bytesPerFile));
    await send('\n');
  }
  await send('\nget-mark :1\n');
  const closed = once(git, 'close');
  git.stdin.end();
  await closed;
  return Buffer.concat(said).toString().trim();
}

const folder = process.argv[2] ?? '';
const rig = await refineryRig(folder, {
  base: { a: 'a\n' },
  settings: { verify: 'test -f folder0/file0 && test -f parts/1.txt' },
  baseCommit: () => bigCommit(join(folder, 'rigs', '1.git')),
});
await closeBeads(rig, 1, () => 'part\n');
await integrate(rig.town, rig.stream, new AbortController().signal);
if (rig.convoy().beads.get(1)?.landedAs == null) throw new Error('the bead did not land');
await rig.end();
console.log(process.resourceUsage().maxRSS / 1024);
