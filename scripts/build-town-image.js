// Builds the image of the app itself, as `gas-town:latest`, from what git knows of this checkout.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { repositoryRoot as root } from './repository-root.js';
import { baseImage } from './setup/build-context.js';
import { buildImage } from './setup/build-image.js';
import { requireEngine } from './setup/find-engine.js';
import { haveBaseImage } from './setup/have-base-image.js';
import { hostCertificates } from './setup/host-certificates.js';
import { SetupError } from './setup/setup-error.js';

try {
  await build(await requireEngine(process.env));
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exitCode = error.status;
}

async function build(endpoint) {
  await haveBaseImage(endpoint, baseImage(root), {
    root,
    env: process.env,
    tell: (line) => console.log(line),
  });
  const listed = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0');
  const files = listed.filter((file) => file && existsSync(path.join(root, file)));
  const certificates = hostCertificates(process.env);
  await buildImage(endpoint, { root, stage: 'town', names: ['gas-town:latest'], files, certificates });
  console.log('gas-town:latest is built.');
}
