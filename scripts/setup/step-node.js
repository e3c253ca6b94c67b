import { installedNode, projectNode } from '../../bin/project-node.js';
import { isCheckout } from './is-checkout.js';
import { CommandError } from './run-command.js';
import { runNpm } from './run-npm.js';
import { SetupError } from './setup-error.js';

/**
 * A Node that the dependencies accept, in node_modules/.bin.
 * @type {import('./set-up.js').Step}
 */
export const node = {
  name: 'node',
  async look({ root }) {
    const found = isCheckout(root) ? installedNode(root) : projectNode(root);
    if (found) return { ready: true, says: `Node ${found.version} at ${found.path}` };
    if (!isCheckout(root)) throw new SetupError('node', 'Node 22.12 or newer is needed: install it.');
    return { ready: false, plan: 'put Node 24 into node_modules/.bin (npm rebuild node)' };
  },
  async make({ root }) {
    try {
      await runNpm(root, ['rebuild', 'node', '--ignore-scripts=false']);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      const sentence =
        'Node 24 could not be installed from npm: check that the npm registry can be reached, or install Node 22.12 or newer.';
      throw new SetupError('node', sentence, { cause: error });
    }
  },
};
