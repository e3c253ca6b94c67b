import { existsSync } from 'node:fs';
import path from 'node:path';
import { installPackages, mayInstall } from './apt.js';
import { imageId } from './engine-api.js';
import { makeBaseImage } from './make-base-image.js';
import { onPath } from './on-path.js';
import { pullImage } from './pull-image.js';
import { CommandError, lastLine } from './run-command.js';
import { SetupError } from './setup-error.js';
import { stateFolder } from './state-folder.js';

const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';

/**
 * Sees to it that the engine has the base image: pulls it, or makes it from packages under the same name.
 * @param {import('./engine-api.js').Endpoint} endpoint
 * @param {string} name
 * @param {import('./set-up.js').Context} context
 */
export async function haveBaseImage(endpoint, name, { root, env, tell }) {
  if (await imageId(endpoint, name)) return;
  const refusal = await pullImage(endpoint, name);
  if (refusal === undefined) return;
  // Without the keyring, debootstrap would take packages that nobody has signed.
  const lacksDebootstrap = onPath('debootstrap', env) === undefined || !existsSync(keyring);
  if (process.getuid?.() !== 0 || (lacksDebootstrap && !mayInstall())) {
    const sentence = `${name} could not be pulled (${refusal}): pull it on this engine, or run this as root on Debian to make it from packages.`;
    throw new SetupError('image', sentence);
  }
  const install = lacksDebootstrap ? ", after installing Debian's debootstrap and its keyring (apt-get)" : '';
  tell(`${name} can't be pulled (${refusal}); will make it from Debian's packages${install}`);
  if (lacksDebootstrap) await installPackages('image', ['debootstrap', 'debian-archive-keyring']);
  await makeFromPackages(endpoint, name, { root, env });
}

async function makeFromPackages(endpoint, name, { root, env }) {
  const workFolder = path.join(stateFolder(env), 'work');
  try {
    await makeBaseImage(endpoint, { name, root, workFolder });
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    const sentence = `The base image could not be made (${error.message}: ${lastLine(error.output)}): check network and disk space, then run this again.`;
    throw new SetupError('image', sentence, { cause: error });
  }
}
