import os from 'node:os';
import path from 'node:path';

/**
 * Where the project keeps what belongs to the machine and not to a checkout: the private engine.
 * `GASTOWN_STATE` where it is set, else `/var/lib/gas-town` for root and `$XDG_STATE_HOME/gas-town`
 * (`~/.local/state/gas-town`) for others.
 * @param {NodeJS.ProcessEnv} env
 */
export function stateFolder(env) {
  if (env.GASTOWN_STATE) return path.resolve(env.GASTOWN_STATE);
  if (process.getuid?.() === 0) return '/var/lib/gas-town';
  return path.join(env.XDG_STATE_HOME ?? path.join(os.homedir(), '.local', 'state'), 'gas-town');
}

/** The socket of the private engine, whether or not it runs. */
export function privateSocket(env) {
  return path.join(stateFolder(env), 'engine', 'docker.sock');
}
