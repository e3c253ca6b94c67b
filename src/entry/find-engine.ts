import { request } from 'node:http';
import { homedir } from 'node:os';
import path from 'node:path';

/**
 * Options for the engine's client: the socket, or nothing where `DOCKER_HOST` names something else than a socket, as the
 * client reads that and the settings for TLS beside it by itself.
 */
export type EngineEndpoint = { readonly socketPath: string } | Readonly<Record<string, never>>;

export type EngineSearch =
  | { readonly found: true; readonly endpoint: EngineEndpoint }
  | { readonly found: false; readonly tried: readonly string[] };

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Finds the Docker engine as set-up does: the one that `DOCKER_HOST` names and no other; else the first that answers of
 * the machine's, the user's own (rootless) and the private one that set-up started.
 */
export async function findEngine(env: Environment): Promise<EngineSearch> {
  const named = env.DOCKER_HOST;
  if (named) {
    const endpoint = named.startsWith('unix://') ? { socketPath: named.slice('unix://'.length) } : {};
    return { found: true, endpoint };
  }
  const sockets = usualSockets(env);
  for (const socketPath of sockets) {
    if (await answers(socketPath)) return { found: true, endpoint: { socketPath } };
  }
  return { found: false, tried: sockets };
}

/** The folder of what belongs to the machine and not to a checkout; see CONTRIBUTING.md for `GASTOWN_STATE`. */
export function stateFolder(env: Environment): string {
  if (env.GASTOWN_STATE) return path.resolve(env.GASTOWN_STATE);
  if (process.getuid?.() === 0) return '/var/lib/gas-town';
  return path.join(env.XDG_STATE_HOME ?? path.join(homedir(), '.local', 'state'), 'gas-town');
}

function usualSockets(env: Environment): string[] {
  const runtime = env.XDG_RUNTIME_DIR;
  const rootless = runtime ? [path.join(runtime, 'docker.sock')] : [];
  return ['/var/run/docker.sock', ...rootless, path.join(stateFolder(env), 'engine', 'docker.sock')];
}

function answers(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const ping = request({ socketPath, path: '/_ping', agent: false, timeout: 5_000 });
    ping.on('response', (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    ping.on('timeout', () => ping.destroy());
    ping.on('error', () => resolve(false));
    ping.on('close', () => resolve(false));
    ping.end();
  });
}
