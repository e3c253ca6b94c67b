import { existsSync } from 'node:fs';
import { baseImage, rigImage } from './build-context.js';
import { buildImage } from './build-image.js';
import { EngineRefusal, imageId, requestEngine, tagImage } from './engine-api.js';
import { findEngine, requireEngine } from './find-engine.js';
import { haveBaseImage } from './have-base-image.js';
import { hostCertificates } from './host-certificates.js';
import { requireSpace } from './require-space.js';
import { SetupError } from './setup-error.js';

/** The name by which everything but set-up asks for the image. */
const commonName = 'gas-town-rig:latest';

/** What base and sandbox image take while they are made, with some room. */
const neededGibibytes = 3;

/**
 * The image that polecats work in, named after what it is built from.
 * @type {import('./set-up.js').Step}
 */
export const image = {
  name: 'image',
  async look({ root, env }) {
    const name = rigImage(root, hostCertificates(env));
    const { endpoint } = await findEngine(env);
    const id = endpoint && (await imageId(endpoint, name));
    if (id && (await imageId(endpoint, commonName)) === id) return { ready: true, says: `${name} is there` };
    if (id) return { ready: false, plan: `name ${name}, which is there, ${commonName}` };
    return { ready: false, plan: `build ${name} from the Dockerfile, on the base image ${baseImage(root)}` };
  },
  async make(context) {
    const { root, env } = context;
    const endpoint = await requireEngine(env);
    const certificates = hostCertificates(env);
    const name = rigImage(root, certificates);
    // Another checkout on the same engine may have given the common name to an image of its own.
    if (await imageId(endpoint, name)) return void (await tagImage(endpoint, name, commonName));
    await checkSpace(endpoint);
    await haveBaseImage(endpoint, baseImage(root), context);
    try {
      const names = [name, commonName];
      await buildImage(endpoint, {
        root,
        stage: 'rig',
        names,
        files: ['Dockerfile', 'docker'],
        certificates,
      });
    } catch (error) {
      if (!(error instanceof EngineRefusal)) throw error;
      const sentence = `The sandbox image could not be built (${error.message}): check network and disk space, then run this again.`;
      throw new SetupError('image', sentence, { cause: error });
    }
  },
};

/** Only an engine on this machine has its folder here. */
async function checkSpace(endpoint) {
  const { DockerRootDir: folder } = JSON.parse(await requestEngine(endpoint, 'GET', '/info'));
  if (!('socketPath' in endpoint) || !existsSync(folder)) return;
  requireSpace('image', folder, neededGibibytes);
}
