import { installPackages, mayInstall } from './apt.js';
import { findEngine } from './find-engine.js';
import { onPath } from './on-path.js';
import { engineFiles, startPrivateEngine } from './private-engine.js';
import { SetupError } from './setup-error.js';

/**
 * A Docker engine that answers: one that is there, else a private one of the project's own.
 * @type {import('./set-up.js').Step}
 */
export const engine = {
  name: 'engine',
  async look({ env }) {
    const found = await findEngine(env);
    if (found.endpoint) return { ready: true, says: `Docker answers at ${found.from}` };
    if (found.refused.length > 0 && !mayInstall()) {
      const [socket] = found.refused;
      throw new SetupError(
        'engine',
        `You may not use the Docker engine at ${socket}: join its group (sudo usermod -aG docker $USER) and log in again.`,
      );
    }
    const installed = onPath('dockerd', env) !== undefined;
    if (process.getuid?.() !== 0 || (!installed && !mayInstall())) {
      throw new SetupError(
        'engine',
        'No Docker engine answers and none can be installed from here: start Docker, or set DOCKER_HOST to an engine.',
      );
    }
    const start = `start a private Docker engine in ${engineFiles(env).folder}`;
    return {
      ready: false,
      plan: installed
        ? start
        : `install Debian's docker.io (apt-get) and, unless that starts an engine, ${start}`,
    };
  },
  async make({ env, tell }) {
    if (!onPath('dockerd', env)) {
      await installPackages('engine', ['docker.io']);
      // Where services are run, the package has started the machine's own engine; a second one beside it would be in its way.
      const { endpoint } = await findEngine(env, 30_000);
      if (endpoint) return;
    }
    tell(`its data is ${await startPrivateEngine(env)}`);
  },
};
