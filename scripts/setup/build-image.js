import { withContext } from './build-context.js';
import { requestEngine } from './engine-api.js';

/**
 * Builds one stage of the Dockerfile. The build uses the host's network, so that it reaches what the host reaches.
 * @param {import('./engine-api.js').Endpoint} endpoint
 * @param {object} request
 * @param {string} request.root the project's folder
 * @param {'rig' | 'town'} request.stage
 * @param {readonly string[]} request.names the image's
 * @param {readonly string[]} request.files what the stage is built from, relative to `root`
 * @param {readonly string[]} request.certificates PEM blocks, trusted by the image
 * @throws {import('./engine-api.js').EngineRefusal}
 */
export async function buildImage(endpoint, { root, stage, names, files, certificates }) {
  const query = new URLSearchParams({ target: stage, networkmode: 'host', rm: '1', forcerm: '1' });
  for (const name of names) query.append('t', name);
  await withContext(root, files, certificates, (body) =>
    requestEngine(endpoint, 'POST', `/build?${query}`, { body, onMessage: () => {} }),
  );
}
