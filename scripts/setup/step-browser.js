import { readdirSync } from 'node:fs';
import path from 'node:path';
import { installPackages, mayInstall } from './apt.js';
import { onPath } from './on-path.js';
import { SetupError } from './setup-error.js';

/**
 * A browser, where there are tests that need one.
 * @type {import('./set-up.js').Step}
 */
export const browser = {
  name: 'browser',
  async look({ root, env }) {
    if (!hasBrowserTests(root)) return { ready: true, says: 'no test needs one' };
    const found = onPath('chromium', env) ?? onPath('google-chrome', env);
    if (found) return { ready: true, says: found };
    if (!mayInstall())
      throw new SetupError(
        'browser',
        'The tests need Chromium and it cannot be installed from here: install it.',
      );
    return { ready: false, plan: "install Debian's chromium (apt-get)" };
  },
  async make() {
    await installPackages('browser', ['chromium']);
  },
};

function hasBrowserTests(root) {
  const files = readdirSync(path.join(root, 'src'), { recursive: true });
  return files.some((file) => file.endsWith('.browser.test.ts'));
}
