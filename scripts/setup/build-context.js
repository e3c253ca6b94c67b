import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** The base image that the Dockerfile names. */
export function baseImage(root) {
  const named = /^ARG BASE=(\S+)$/m.exec(readFileSync(path.join(root, 'Dockerfile'), 'utf8'));
  if (!named) throw new Error('Dockerfile has no line "ARG BASE=..."');
  return named[1];
}

/**
 * The rig image's name, from all that goes into it: the Dockerfile up to the stage after it, and the certificates.
 * @param {string} root the project's folder
 * @param {readonly string[]} certificates PEM blocks
 */
export function rigImage(root, certificates) {
  const stages = readFileSync(path.join(root, 'Dockerfile'), 'utf8').split(/^(?=FROM )/m);
  const hash = createHash('sha256').update(stages.slice(0, 2).join(''));
  for (const pem of certificates) hash.update(pem);
  return `gas-town-rig:${hash.digest('hex').slice(0, 12)}`;
}

/**
 * What an image is built from, as a tar stream: files of the project, and the host's own certificates among those that
 * the Dockerfile installs.
 * @param {string} root
 * @param {readonly string[]} files names relative to `root`
 * @param {readonly string[]} certificates PEM blocks
 * @param {(context: NodeJS.ReadableStream) => Promise<unknown>} use the stream is only good within it
 */
export async function withContext(root, files, certificates, use) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gas-town-build-'));
  try {
    for (const file of files) cpSync(path.join(root, file), path.join(folder, file), { recursive: true });
    certificates.forEach((pem, index) => {
      writeFileSync(path.join(folder, 'docker', 'certs', `host-${index}.crt`), `${pem}\n`);
    });
    await use(tarOf(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * A folder as a tar stream; the stream fails where tar does.
 * @param {string} folder
 * @param {readonly string[]} [options] of tar
 */
export function tarOf(folder, options = []) {
  const tar = spawn('tar', ['--create', '--numeric-owner', ...options, '--directory', folder, '.'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  tar.on('error', (error) => tar.stdout.destroy(error));
  tar.on('close', (status) => {
    if (status !== 0) tar.stdout.destroy(new Error(`tar ended with ${status}`));
  });
  return tar.stdout;
}
