import { spawnSync } from 'node:child_process';
import { closeSync, cpSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** The disk that the town's ledger and repositories lie on. */
export interface DataDisk {
  readonly folder: string;
  /** Takes all the room that is left; false where the disk is no disk of its own. */
  fill(): boolean;
  free(): void;
  /** Takes the disk away; what is on it is kept beside it where somebody is to look at it. */
  close(keep: boolean): void;
}

const mebibytes = 128;

/** A small file system of its own where this process may mount one (see `apart.ts`), else a folder, which can't be filled. */
export function openDataDisk(folder: string): DataDisk {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const apart = process.env.GASTOWN_CHAOS_APART === '1';
  if (apart) run('mount', '-t', 'tmpfs', '-o', `size=${mebibytes}m,mode=0700`, 'none', folder);
  const filler = join(folder, '.filler');
  return {
    folder,
    fill: () => {
      if (apart) fillUp(filler);
      return apart;
    },
    free: () => rmSync(filler, { force: true }),
    close: (keep) => {
      if (!apart) return;
      if (keep) cpSync(folder, `${folder}-kept`, { recursive: true });
      run('umount', '-l', folder);
    },
  };
}

/** Ever smaller pieces, until not a page is left. */
function fillUp(file: string): void {
  const handle = openSync(file, 'a');
  try {
    for (const size of [2 ** 20, 2 ** 12]) {
      const piece = Buffer.alloc(size);
      while (written(handle, piece) === size);
    }
  } finally {
    closeSync(handle);
  }
}

function written(handle: number, piece: Buffer): number {
  try {
    return writeSync(handle, piece);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return 0;
    throw error;
  }
}

function run(program: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program}: ${stderr}`);
}
