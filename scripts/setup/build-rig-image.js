import { withRigContext } from './build-context.js';
import { requestEngine } from './engine-api.js';

/**
 * Builds the Dockerfile's `rig` stage under `name` and under `gas-town-rig:latest`.
 * The build uses the host's network, so that it reaches what the host reaches.
 * @param {import('./engine-api.js').Endpoint} endpoint
 * @param {{ root: string, name: string, certificates: readonly string[] }} request
 * @throws {import('./engine-api.js').EngineRefusal}
 */
export async function buildRigImage(endpoint, { root, name, certificates }) {
  const query = new URLSearchParams({ target: 'rig', networkmode: 'host', rm: '1', forcerm: '1' });
  query.append('t', name);
  query.append('t', 'gas-town-rig:latest');
  await withRigContext(root, certificates, (body) =>
    requestEngine(endpoint, 'POST', `/build?${query}`, { body, onMessage: () => {} }),
  );
}
