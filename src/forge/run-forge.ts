import type { Forge, ForgeOptions } from './forge.ts';
import { startForge } from './start-forge.ts';

export interface RunForgeOptions extends Pick<ForgeOptions, 'port' | 'folder' | 'adminToken' | 'limits'> {
  /** `owner/repository` to make, with a first commit, where it is not there yet. */
  readonly seed: string;
  /** The App's webhook URL. */
  readonly webhook?: string;
  /** One line of JSON instead of lines for a person. */
  readonly json: boolean;
  /** Takes each line of output, without its line end. */
  readonly print: (line: string) => void;
  /** Ends the forge. */
  readonly stop: AbortSignal;
}

/** `seed` does not name a repository. */
export class InvalidSeedError extends Error {
  override readonly name = 'InvalidSeedError';
  readonly seed: string;
  constructor(seed: string) {
    super(`"${seed}" is not an owner and a repository, such as acme/widgets`);
    this.seed = seed;
  }
}

/**
 * Runs a forge alone: prints how to reach it and resolves once it was stopped and is closed.
 * @throws InvalidSeedError, InvalidNameError, or the system's error where the port is taken or the folder can't be written
 */
export async function runForge(options: RunForgeOptions): Promise<void> {
  const [owner = '', name = '', ...rest] = options.seed.split('/');
  if (owner === '' || name === '' || rest.length > 0) throw new InvalidSeedError(options.seed);
  const forge = await startForge(options);
  try {
    await forge.createRepository({ owner, name, seedCommit: true });
    if (options.webhook !== undefined) forge.sendWebhooksTo(options.webhook);
    for (const line of options.json ? [jsonLine(forge, owner, name)] : lines(forge, owner, name)) {
      options.print(line);
    }
    await stopped(options.stop);
  } finally {
    await forge.close();
  }
}

function jsonLine(forge: Forge, owner: string, repo: string): string {
  const { id, privateKey, installationId } = forge.app;
  return JSON.stringify({
    api: forge.api,
    html: forge.html,
    token: forge.userToken,
    owner,
    repo,
    app: { id, privateKey, installationId },
    webhookSecret: forge.webhookSecret,
    page: forge.pageLink(),
  });
}

function lines(forge: Forge, owner: string, repo: string): string[] {
  return [
    `The forge is at ${forge.html}, its API at ${forge.api}.`,
    `Repository   ${forge.html}/${owner}/${repo}`,
    `Token        ${forge.userToken} (${owner})`,
    `App          ${forge.app.id}, installation ${forge.app.installationId}; --json prints its key and the webhook secret`,
    `To write on its pages, open once: ${forge.pageLink()}`,
  ];
}

function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
