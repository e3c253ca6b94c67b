import { statfsSync } from 'node:fs';
import { SetupError } from './setup-error.js';

/**
 * Refuses to begin what would fill the disk: npm, for one, ends with success where it could not write.
 * @param {keyof typeof import('./setup-error.js').exitStatus} kind
 * @param {string} folder
 * @param {number} gibibytes
 * @throws {SetupError}
 */
export function requireSpace(kind, folder, gibibytes) {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize >= gibibytes * 2 ** 30) return;
  throw new SetupError(
    kind,
    `Less than ${gibibytes} GiB free in ${folder}: free some space, then run this again.`,
  );
}
