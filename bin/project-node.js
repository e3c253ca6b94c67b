import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The oldest Node that the dependencies run on (better-sqlite3 ends the process under older ones). */
const oldest = [22, 12];

/** Tells whether a version such as `24.21.0` or `v24.21.0` is new enough. */
export function isNewEnough(version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}

/**
 * The Node to run the project with: this very one where it is new enough, else the one that npm put beside the
 * dependencies.
 * @param {string} root the project's folder, or the folder of the installed package
 * @returns {{ path: string, version: string } | undefined} undefined where there is none
 */
export function projectNode(root) {
  if (isNewEnough(process.versions.node)) return { path: process.execPath, version: process.versions.node };
  return foldersUpFrom(root).map(installedNode).find(Boolean);
}

function foldersUpFrom(folder) {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [folder, ...foldersUpFrom(parent)];
}

/**
 * The Node that npm put beside the dependencies of the project in `folder`.
 * @param {string} folder
 * @returns {{ path: string, version: string } | undefined}
 */
export function installedNode(folder) {
  const candidate = path.join(folder, 'node_modules', '.bin', 'node');
  if (!existsSync(candidate)) return undefined;
  const version =
    packagedVersion(folder) ??
    execFileSync(candidate, ['--version'], { encoding: 'utf8' }).trim().replace(/^v/, '');
  return isNewEnough(version) ? { path: candidate, version } : undefined;
}

/** What npm's package of Node says of itself: asking the program would take as long as starting it. */
function packagedVersion(folder) {
  const file = path.join(folder, 'node_modules', 'node', 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).version : undefined;
}
