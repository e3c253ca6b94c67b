import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { onPath } from '../setup/on-path.js';

const execute = promisify(execFile);
const cache = fileURLToPath(new URL('../../node_modules/.cache/debian', import.meta.url));

/**
 * Path of a program of a Debian package of the same name: the installed one, else one unpacked from the package, which is
 * fetched once. Rejects where apt-get can't fetch it; nothing is installed.
 */
export async function debianProgram(name: string): Promise<string> {
  const installed = onPath(name, process.env);
  if (installed !== undefined) return installed;
  const folder = join(cache, name);
  const unpacked = join(folder, 'usr', 'bin', name);
  if (existsSync(unpacked)) return unpacked;
  await mkdir(folder, { recursive: true });
  await execute('apt-get', ['download', name], { cwd: folder });
  const file = (await readdir(folder)).find((one) => one.endsWith('.deb'));
  await execute('dpkg', ['--extract', join(folder, file ?? ''), folder]);
  return unpacked;
}
