import { EngineRefusal, requestEngine } from './engine-api.js';

/**
 * Has an engine pull an image. By digest it is that very content or none.
 * @param {import('./engine-api.js').Endpoint} endpoint
 * @param {string} name `repository:tag`, or `repository@digest`
 * @returns {Promise<string | undefined>} the engine's reason where it could not
 */
export async function pullImage(endpoint, name) {
  const [, fromImage, tag] = /^(.+?)(?:@|:(?=[^/]*$))(.+)$/.exec(name) ?? [];
  const query = new URLSearchParams({ fromImage, tag });
  try {
    await requestEngine(endpoint, 'POST', `/images/create?${query}`, { onMessage: () => {} });
    return undefined;
  } catch (error) {
    if (!(error instanceof EngineRefusal)) throw error;
    return error.message.split('\n')[0];
  }
}
