import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeBundle } from '../bundle-programs.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const machine = join(root, '.machine');

/** Native code, what reads files of its own from beside itself, and what the program asks for by its place. */
const unbundled = ['better-sqlite3', 'dockerode', 'pino', 'pino-pretty', '@actions/workflow-parser'];
const external = unbundled.map((name) => new RegExp(`^${name}($|/)`));

/**
 * Before tests that start the program hundreds of times: its source of this moment as JavaScript in few files, since to load
 * its two thousand modules takes longer than most of what those tests ask of it. It stands as deep in the checkout as its
 * source, so that it finds roles and images as that does. `bin/gastown` itself has tests of its own.
 */
export default async function bundleGastown(): Promise<() => Promise<void>> {
  await mkdir(machine, { recursive: true });
  const folder = await mkdtemp(join(machine, 'gastown-'));
  // What goes into a container as it is may share nothing with the others.
  await bundle(folder, { 'egress-proxy-program': 'src/adapters/docker/egress/egress-proxy-program.ts' });
  await bundle(folder, {
    cli: 'src/entry/cli.ts',
    'checkpoint-worker': 'src/ledger/sqlite/checkpoint-worker.ts',
  });
  await cp(join(root, 'src/faces/web/assets'), join(folder, 'assets'), { recursive: true });
  process.env.GASTOWN_UNDER_TEST = join(folder, 'cli.js');
  return () => rm(folder, { recursive: true });
}

const bundle = (folder: string, input: Readonly<Record<string, string>>): Promise<void> =>
  writeBundle({ cwd: root, input, external, logLevel: 'silent' }, folder);
