import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Whether this machine lets a process mount a file system of its own in a namespace of its own: that is how tests get a disk
 * that is really full and a folder that really can't be written, also as root.
 */
export const canMount = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0;

/**
 * Runs shell lines in a mount namespace where `$disk` is a file system of `size`; `run <name>.ts` runs a script beside
 * this file. Gives what was printed, line by line.
 */
export function onSmallDisk(folder: string, size: string, lines: readonly string[]): string[] {
  const disk = join(folder, 'disk');
  mkdirSync(disk, { recursive: true });
  const run =
    'run() { name=$1; shift; "$node" --disable-warning=ExperimentalWarning "$scripts/$name" "$@"; }';
  const shell = ['set -e', run, `mount -t tmpfs -o size=${size} none "$disk"`, ...lines].join('\n');
  const done = spawnSync('unshare', ['-rm', 'sh', '-c', shell], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH ?? '', disk, node: process.execPath, scripts: import.meta.dirname },
  });
  if (done.status !== 0) throw new Error(`${done.status}: ${done.stderr}`);
  return done.stdout.split('\n').filter((line) => line !== '');
}
