import { existsSync } from 'node:fs';
import { CommandError, lastLine, runCommand } from './run-command.js';
import { SetupError } from './setup-error.js';

/** Tells whether this process may install Debian packages here. */
export function mayInstall() {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

/**
 * Installs Debian packages, without their recommendations and without a service being started.
 * @param {keyof typeof import('./setup-error.js').exitStatus} kind whose trouble it is where it fails
 * @param {readonly string[]} packages
 * @throws {SetupError}
 */
export async function installPackages(kind, packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  try {
    await runCommand('apt-get', ['update'], { env });
    await runCommand('apt-get', ['install', '--yes', '--no-install-recommends', ...packages], { env });
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    const sentence = `Installing ${packages.join(' and ')} failed (${lastLine(error.output)}): mend that, or install them by hand.`;
    throw new SetupError(kind, sentence, { cause: error });
  }
}
