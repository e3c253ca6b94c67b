import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
} from 'node:fs';
import { CommandError, lastLine, runCommand } from './run-command.js';
import { SetupError } from './setup-error.js';

const gibibyte = 2 ** 30;
const least = 4 * gibibyte;
const most = 64 * gibibyte;
/** Of what is free, so that the rest stays with everything else on that disk, the ledger before all. */
const share = 0.6;

/**
 * Gives a private engine a disk of its own size: a file that holds a file system, mounted where the engine keeps its data.
 * Whatever containers write, what is outside of it keeps its room. The file takes only the room that is used.
 * An engine that has data already keeps it where it is.
 * @param {{ folder: string, data: string, disk: string }} files
 * @param {NodeJS.ProcessEnv} env `GASTOWN_ENGINE_GIB` gives the size; `0` wants no disk of its own
 * @returns {Promise<string>} what holds now, in words that complete "its data is …"
 */
export async function mountDataDisk({ folder, data, disk }, env) {
  mkdirSync(data, { recursive: true, mode: 0o711 });
  const own = 'on a disk of its own size';
  if (isMounted(data)) return own;
  const shared = (why) => `on the disk of ${folder} (${why})`;
  const fresh = !existsSync(disk);
  if (fresh && readdirSync(data).length > 0) return shared('it was there before');
  const bytes = fresh ? sizeFor(folder, env) : 0;
  if (fresh && bytes < least && !env.GASTOWN_ENGINE_GIB) return shared('there is little room');
  if (fresh && bytes === 0) return shared('as GASTOWN_ENGINE_GIB=0 asks');
  try {
    if (fresh) await makeDisk(disk, bytes);
    await runCommand('mount', ['-o', 'loop,noatime', disk, data]);
    return own;
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    if (!fresh) throw error;
    rmSync(disk, { force: true });
    return shared(`none can be mounted: ${lastLine(error.output) || error.message}`);
  }
}

function sizeFor(folder, env) {
  if (env.GASTOWN_ENGINE_GIB) {
    const bytes = Math.floor(Number(env.GASTOWN_ENGINE_GIB) * gibibyte);
    if (Number.isSafeInteger(bytes) && bytes >= 0) return bytes;
    throw new SetupError(
      'engine',
      `GASTOWN_ENGINE_GIB is ${env.GASTOWN_ENGINE_GIB}: give a number of gibibytes.`,
    );
  }
  const { bavail, bsize } = statfsSync(folder);
  return Math.min(most, Math.floor(bavail * bsize * share));
}

async function makeDisk(disk, bytes) {
  const file = openSync(disk, 'wx', 0o600);
  ftruncateSync(file, bytes);
  closeSync(file);
  await runCommand('mkfs.ext4', ['-q', '-F', '-m', '0', disk]);
}

function isMounted(place) {
  return readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .some((line) => line.split(' ')[1] === place);
}
