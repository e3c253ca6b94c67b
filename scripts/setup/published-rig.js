import { SetupError } from './setup-error.js';

/**
 * The published image that polecats work in, by digest: `GASTOWN_RIG`, which the published image of the app carries.
 * @param {NodeJS.ProcessEnv} env
 * @param {readonly string[]} certificates that this host trusts beyond the public ones; no published image trusts them
 * @returns {string | undefined} undefined where it is to be built
 * @throws {SetupError} where it is named by anything else than its digest
 */
export function publishedRig({ GASTOWN_RIG: name }, certificates) {
  if (!name || certificates.length > 0) return undefined;
  if (/^[\w.:/-]+@sha256:[0-9a-f]{64}$/.test(name)) return name;
  throw new SetupError(
    'image',
    `GASTOWN_RIG is "${name}": name the image by its digest, repository@sha256:...`,
  );
}
