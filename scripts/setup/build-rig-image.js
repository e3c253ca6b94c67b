import { withRigContext } from './build-context.js';
import { requestEngine } from './engine-api.js';

/**
 * Builds the Dockerfile's `rig` stage under `name` and under `gas-town-rig:latest`.
 * The build uses the host's network, so that it reaches what the host reaches.
 * @param {import('./engine-api.js').Endpoint} endpoint
 * @param {{ root: string, name: string, certificates: readonly string[], onLine: (line: string) => void }} request
 */
export async function buildRigImage(endpoint, { root, name, certificates, onLine }) {
  const query = new URLSearchParams({ target: 'rig', networkmode: 'host', rm: '1', forcerm: '1' });
  query.append('t', name);
  query.append('t', 'gas-town-rig:latest');
  await withRigContext(root, certificates, (body) =>
    requestEngine(endpoint, 'POST', `/build?${query}`, {
      body,
      onMessage: (message) => {
        if (message.stream?.trim()) onLine(message.stream.trim());
      },
    }),
  );
}
