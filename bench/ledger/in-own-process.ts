import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import type { measurements } from './measure/measure-one.ts';

const run = promisify(execFile);
const here = import.meta.dirname;
type Measurements = typeof measurements;

/** Runs one measurement in a fresh process, so that no run warms or burdens another. */
export async function inOwnProcess<N extends keyof Measurements>(
  name: N,
  ...args: Parameters<Measurements[N]>
): Promise<Awaited<ReturnType<Measurements[N]>>> {
  const { stdout } = await run(process.execPath, [
    `${here}/measure/measure-one.ts`,
    name,
    JSON.stringify(args),
  ]);
  return JSON.parse(stdout);
}

/** Events per second of Emmett's store, in a process of its own. */
export async function emmettRate(options: {
  readonly path: string;
  readonly synchronous: 'full' | 'normal';
  readonly batch: number;
  readonly seconds: number;
  readonly streams: number;
}): Promise<number> {
  const { stdout } = await run(process.execPath, [`${here}/emmett-loop.mjs`, JSON.stringify(options)]);
  return JSON.parse(stdout);
}

/**
 * Installs what the bench compares with, once. Its driver comes compiled from GitHub; where that can't be reached it is
 * compiled here, which takes minutes.
 */
export async function installReferences(): Promise<void> {
  const bench = `${here}/..`;
  if (existsSync(`${bench}/node_modules/@event-driven-io/emmett-sqlite`)) return;
  console.error('installing what the ledger is compared with');
  const env = { ...process.env, JOBS: 'max' };
  await run('npm', ['ci', '--prefix', bench], { env, maxBuffer: 64 * 1024 * 1024 });
}
