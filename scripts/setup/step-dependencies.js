import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isCheckout } from './is-checkout.js';
import { requireSpace } from './require-space.js';
import { CommandError } from './run-command.js';
import { runNpm } from './run-npm.js';
import { SetupError } from './setup-error.js';

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** The packages that package-lock.json names and node_modules lacks, or has in another version. */
function missingPackages(root) {
  const record = path.join(root, 'node_modules', '.package-lock.json');
  const installed = existsSync(record) ? readJson(record).packages : {};
  return Object.entries(readJson(path.join(root, 'package-lock.json')).packages)
    .filter(([folder, wanted]) => folder !== '' && !wanted.optional && !wanted.devOptional && !wanted.peer)
    .filter(
      ([folder, wanted]) =>
        installed[folder]?.version !== wanted.version || !existsSync(path.join(root, folder)),
    )
    .map(([folder]) => folder.replace(/^.*node_modules\//, ''));
}

/**
 * `npm ci`, without the packages' own install scripts: none is needed but that of `node`, which has its own step, and
 * so nothing is compiled.
 * @type {import('./set-up.js').Step}
 */
export const dependencies = {
  name: 'dependencies',
  async look({ root }) {
    if (!isCheckout(root)) return { ready: true, says: 'they came with the package' };
    const missing = missingPackages(root);
    if (missing.length === 0) return { ready: true, says: 'node_modules holds what package-lock.json names' };
    return { ready: false, plan: `install ${missing.length} packages into node_modules (npm ci)` };
  },
  async make({ root }) {
    requireSpace('dependencies', root, 1);
    try {
      await runNpm(root, ['ci', '--ignore-scripts']);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      throw new SetupError('dependencies', sentenceFor(error), { cause: error });
    }
  },
};

function sentenceFor(error) {
  if (error.ended === 'ENOENT') return 'npm is not installed: install npm 10 or newer beside Node.';
  const code = /npm error code (\S+)/.exec(error.output)?.[1];
  const words = {
    ENOSPC: 'the disk is full: free some space',
    EUSAGE: 'package-lock.json does not fit package.json: run npm install',
  };
  return `npm ci failed (${code ?? error.ended}): ${words[code] ?? 'check that the npm registry can be reached'}, then run this again.`;
}
