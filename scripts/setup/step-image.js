import { existsSync } from 'node:fs';
import { baseImage, rigImage } from './build-context.js';
import { buildImage } from './build-image.js';
import { EngineRefusal, imageId, requestEngine, tagImage } from './engine-api.js';
import { findEngine, requireEngine } from './find-engine.js';
import { haveBaseImage } from './have-base-image.js';
import { hostCertificates } from './host-certificates.js';
import { publishedRig } from './published-rig.js';
import { pullImage } from './pull-image.js';
import { requireSpace } from './require-space.js';
import { SetupError } from './setup-error.js';

/** What base and sandbox image take while they are made, with some room. */
const neededGibibytes = 3;

/**
 * The image that polecats work in, named after what it is built from: pulled by digest where it is published, else built.
 * @param {string} commonName which goes over to it from whatever had it
 * @returns {import('./set-up.js').Step}
 */
export const imageStep = (commonName) => ({
  name: 'image',
  async look({ root, env }) {
    const certificates = hostCertificates(env);
    const name = rigImage(root, certificates);
    const { endpoint } = await findEngine(env);
    const id = endpoint && (await imageId(endpoint, name));
    if (id && (await imageId(endpoint, commonName)) === id) return { ready: true, says: `${name} is there` };
    if (id) return { ready: false, plan: `name ${name}, which is there, ${commonName}` };
    const published = publishedRig(env, certificates);
    if (published) return { ready: false, plan: `pull ${published} as ${name}` };
    return { ready: false, plan: `build ${name} from the Dockerfile, on the base image ${baseImage(root)}` };
  },
  async make(context) {
    const { root, env } = context;
    const endpoint = await requireEngine(env);
    const certificates = hostCertificates(env);
    const name = rigImage(root, certificates);
    // Another checkout on the same engine may have given the common name to an image of its own.
    if (!(await imageId(endpoint, name)) && !(await pullPublished(endpoint, name, certificates, context)))
      await build(endpoint, name, certificates, context);
    await tagImage(endpoint, name, commonName);
  },
});

/** By the name that everything but set-up asks for. */
export const image = imageStep('gas-town-rig:latest');

/** Tells whether the published image is there now, under the name of what it was built from. */
async function pullPublished(endpoint, name, certificates, { env, tell }) {
  const published = publishedRig(env, certificates);
  if (!published) return false;
  const refusal = await pullImage(endpoint, published);
  if (refusal === undefined) {
    await tagImage(endpoint, published, name);
    return true;
  }
  tell(`${published} can't be pulled (${refusal}); will build it from the Dockerfile`);
  return false;
}

async function build(endpoint, name, certificates, context) {
  const { root } = context;
  await checkSpace(endpoint);
  await haveBaseImage(endpoint, baseImage(root), context);
  try {
    const files = ['Dockerfile', 'docker'];
    await buildImage(endpoint, { root, stage: 'rig', names: [name], files, certificates });
  } catch (error) {
    if (!(error instanceof EngineRefusal)) throw error;
    const sentence = `The sandbox image could not be built (${error.message}): check network and disk space, then run this again.`;
    throw new SetupError('image', sentence, { cause: error });
  }
}

/** Only an engine on this machine has its folder here. */
async function checkSpace(endpoint) {
  const { DockerRootDir: folder } = JSON.parse(await requestEngine(endpoint, 'GET', '/info'));
  if (!('socketPath' in endpoint) || !existsSync(folder)) return;
  requireSpace('image', folder, neededGibibytes);
}
