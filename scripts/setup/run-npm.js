import path from 'node:path';
import { runCommand } from './run-command.js';

/**
 * Runs npm on the host's Node: the one in node_modules may be removed while npm works.
 * @param {string} root the project's folder
 * @param {readonly string[]} args
 * @throws {import('./run-command.js').CommandError}
 */
export function runNpm(root, args) {
  const own = path.join(root, 'node_modules');
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => !folder.startsWith(own));
  const env = { ...process.env, PATH: folders.join(path.delimiter) };
  return runCommand('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, env });
}
