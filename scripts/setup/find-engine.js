import path from 'node:path';
import { parseDockerHost, pingEngine } from './engine-api.js';
import { SetupError } from './setup-error.js';
import { privateSocket } from './state-folder.js';

/**
 * Looks for a Docker engine that answers: the one that `DOCKER_HOST` names and no other; else the machine's, the
 * user's own (rootless), and the private one of this project.
 * @param {NodeJS.ProcessEnv} env
 * @param {number} [timeoutMs] how long each of them may take to answer
 * @returns {Promise<{ endpoint: import('./engine-api.js').Endpoint, from: string } | { endpoint: undefined, refused: string[] }>}
 *   `refused` names sockets that exist but may not be used
 * @throws {SetupError} where `DOCKER_HOST` names an engine that does not answer
 */
export async function findEngine(env, timeoutMs = 5_000) {
  if (env.DOCKER_HOST)
    return { endpoint: await namedEngine(env.DOCKER_HOST, env), from: `DOCKER_HOST (${env.DOCKER_HOST})` };
  const refused = [];
  for (const socketPath of usualSockets(env)) {
    const ping = await pingEngine({ socketPath }, timeoutMs);
    if (ping.answers) return { endpoint: { socketPath }, from: socketPath };
    if (ping.code === 'EACCES') refused.push(socketPath);
  }
  return { endpoint: undefined, refused };
}

/**
 * The engine that an earlier step has found or started.
 * @param {NodeJS.ProcessEnv} env
 * @throws {SetupError} where it has gone meanwhile
 */
export async function requireEngine(env) {
  const { endpoint } = await findEngine(env);
  if (endpoint) return endpoint;
  throw new SetupError('engine', 'No Docker engine answers any more: run "npm run setup" again.');
}

function usualSockets(env) {
  const rootless = env.XDG_RUNTIME_DIR ? [path.join(env.XDG_RUNTIME_DIR, 'docker.sock')] : [];
  return ['/var/run/docker.sock', ...rootless, privateSocket(env)];
}

async function namedEngine(value, env) {
  const endpoint = parseDockerHost(value, env);
  if (!endpoint) {
    throw new SetupError(
      'engine',
      `DOCKER_HOST is ${value}: set it to a unix:// or tcp:// address, or unset it.`,
    );
  }
  const ping = await pingEngine(endpoint);
  if (ping.answers) return endpoint;
  throw new SetupError(
    'engine',
    `No Docker engine answers at DOCKER_HOST=${value} (${ping.code}): start it, or unset DOCKER_HOST to use another.`,
  );
}
