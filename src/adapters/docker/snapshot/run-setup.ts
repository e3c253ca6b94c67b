import type Dockerode from 'dockerode';
import { engineExec } from '../engine/engine-exec.ts';
import type { Settings } from '../engine/options.ts';
import type { Lanes } from '../shell/lanes.ts';
import { feed } from '../shell/shell-text.ts';

/** In memory, so that it never becomes part of a snapshot. */
export const SETUP_MEMORY_FOLDER = '/run/gas-town';
const BUNDLE = `${SETUP_MEMORY_FOLDER}/ca.pem`;

/** What the usual tools read to find certificates. */
const bundleVariables = [
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'PIP_CERT',
  'REQUESTS_CA_BUNDLE',
  'CURL_CA_BUNDLE',
  'GIT_SSL_CAINFO',
  'CARGO_HTTP_CAINFO',
];

export interface FailedSetup {
  readonly command: string;
  readonly exitCode: number | null;
  readonly output: string;
}

/** Runs the set-up commands one after the other; the first that fails, or null. */
export async function runSetup(
  container: Dockerode.Container,
  lanes: Lanes,
  commands: readonly string[],
  settings: Settings,
  onOutput: (text: string) => void,
): Promise<FailedSetup | null> {
  const env = [...settings.setupEnv];
  if (settings.caBundle !== null) {
    await lanes.call(feed(settings.caBundle, `>${BUNDLE}`), () => true, { timeoutMs: 30_000 });
    env.push(...bundleVariables.map((name) => `${name}=${BUNDLE}`));
  }
  for (const command of commands) {
    const decoder = new TextDecoder();
    const { exitCode, output } = await engineExec(container, {
      // One stream for both, so that the order of what it says is kept.
      command: ['sh', '-c', 'exec sh -c "$1" 2>&1', 'sh', command],
      env,
      timeoutMs: settings.setupTimeoutMs,
      onOutput: (piece) => onOutput(decoder.decode(piece, { stream: true })),
    });
    if (exitCode !== 0) return { command, exitCode, output };
  }
  return null;
}
