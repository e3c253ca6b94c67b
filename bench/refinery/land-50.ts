import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { refineryRig } from '../../src/testing/refinery/refinery-rig.ts';
import { startRequest } from '../../src/town/dispatch/start-sandbox.ts';
import { integrate } from '../../src/town/refinery/integrate.ts';
import { median, type Row, relative, timed } from '../row.ts';
import { closeBeads } from './closed-beads.ts';

const beads = 50;
const repeats = 3;
const run = promisify(execFile);

/** Landing 50 clean beads against the same merges by git alone plus one verification of the result. */
export async function land50(): Promise<Row> {
  const ours: number[] = [];
  const bare: number[] = [];
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    const folder = await mkdtemp(join(tmpdir(), 'gas-town-bench-'));
    try {
      const { own, reference } = await once(folder);
      ours.push(own);
      bare.push(reference);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  return relative('refinery', {
    name: 'land-50/bare-git',
    value: median(ours),
    unit: 'ms',
    target: 1.5,
    better: 'lower',
    reference: { name: 'bare git merges and one verification', value: median(bare) },
  });
}

async function once(folder: string): Promise<{ own: number; reference: number }> {
  const files = Object.fromEntries(
    Array.from({ length: 300 }, (_, at) => [`src/${at % 20}/file${at}.txt`, `file ${at}\n`.repeat(50)]),
  );
  const rig = await refineryRig(folder, { base: files, settings: { verify: 'grep -rq part parts' } });
  const commits = await closeBeads(rig, beads, (bead) => `part ${bead}\n`);
  // Both find the snapshot of the base there already.
  await startRequest(rig.town, rig.convoy(), rig.base, { purpose: 'verify' });
  const merge = (): Promise<string> => bareMerges(join(folder, 'rigs', '1.git'), rig.base, commits);
  const verified = async (): Promise<void> => {
    const head = await merge();
    const request = await startRequest(rig.town, rig.convoy(), head, { purpose: 'verify' });
    const result = await rig.town.sandboxes.run({
      ...request,
      command: 'grep -rq part parts',
      timeoutMs: 60_000,
    });
    if (result.exitCode !== 0) throw new Error('the reference is red');
  };
  const reference = await timed(verified);
  const own = await timed(() => integrate(rig.town, rig.stream, new AbortController().signal));
  const landed = [...rig.convoy().beads.values()].filter((bead) => bead.landedAs !== null).length;
  if (landed !== beads) throw new Error(`${landed} of ${beads} beads landed`);
  await rig.end();
  return { own, reference };
}

/** What a shell script would do: `merge-tree` and `commit-tree` for each, with git as it is configured by default. */
async function bareMerges(repository: string, base: string, commits: readonly string[]): Promise<string> {
  const env = {
    PATH: process.env.PATH,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_AUTHOR_NAME: 'b',
    GIT_AUTHOR_EMAIL: 'b',
    GIT_COMMITTER_NAME: 'b',
    GIT_COMMITTER_EMAIL: 'b',
  };
  const git = async (...args: string[]): Promise<string> =>
    (await run('git', ['--git-dir', repository, ...args], { env })).stdout.trim();
  let head = base;
  for (const commit of commits) {
    const tree = await git('merge-tree', '--write-tree', head, commit);
    head = await git('commit-tree', tree, '-p', head, '-p', commit, '-m', 'merge');
  }
  await git('update-ref', 'refs/bench/head', head);
  return head;
}
