import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import path from 'node:path';
import { stopSignal } from './stop-signal.js';

/**
 * Where a Docker engine listens.
 * @typedef {{ socketPath: string } | { host: string, port: number, tls?: { ca: Buffer, cert: Buffer, key: Buffer } }} Endpoint
 */

/**
 * Reads a `DOCKER_HOST` value, with `DOCKER_TLS_VERIFY` and `DOCKER_CERT_PATH` where they are set.
 * @param {string} value for example `unix:///var/run/docker.sock` or `tcp://127.0.0.1:2375`
 * @param {NodeJS.ProcessEnv} env
 * @returns {Endpoint | undefined} undefined where the scheme is one that cannot be spoken here (ssh, npipe)
 */
export function parseDockerHost(value, env) {
  if (value.startsWith('unix://')) return { socketPath: value.slice('unix://'.length) };
  const tcp = /^(?:tcp|http|https):\/\/(\[[^\]]+\]|[^:/]+)(?::(\d+))?/.exec(value);
  if (!tcp) return undefined;
  const secure = value.startsWith('https:') || Boolean(env.DOCKER_TLS_VERIFY);
  const host = tcp[1].replaceAll(/[[\]]/g, '');
  const port = Number(tcp[2] ?? (secure ? 2376 : 2375));
  if (!secure) return { host, port };
  const folder = env.DOCKER_CERT_PATH ?? path.join(env.HOME ?? '', '.docker');
  const read = (name) => readFileSync(path.join(folder, name));
  return { host, port, tls: { ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem') } };
}

/** The value that `DOCKER_HOST` would have for an endpoint. */
export function dockerHostOf(endpoint) {
  return 'socketPath' in endpoint
    ? `unix://${endpoint.socketPath}`
    : `tcp://${endpoint.host}:${endpoint.port}`;
}

/** The engine refused a request, or a streamed job of its failed. */
export class EngineRefusal extends Error {
  /** @param {number} status HTTP status @param {string} message the engine's own words */
  constructor(status, message) {
    super(message);
    this.name = 'EngineRefusal';
    this.status = status;
  }
}

/**
 * One request of the Docker Engine API.
 * @param {Endpoint} endpoint
 * @param {string} method
 * @param {string} target path and query
 * @param {{ body?: NodeJS.ReadableStream, timeoutMs?: number, onMessage?: (message: object) => void }} [options]
 *   `onMessage` is called for each object of a streamed answer
 * @returns {Promise<string>} the answer's text
 * @throws {EngineRefusal} where the engine answers with an error, in its status or in its stream
 */
export function requestEngine(endpoint, method, target, options = {}) {
  return new Promise((resolve, reject) => {
    const secure = 'tls' in endpoint && endpoint.tls !== undefined;
    const where =
      'socketPath' in endpoint ? endpoint : { host: endpoint.host, port: endpoint.port, ...endpoint.tls };
    const request = (secure ? https : http).request({
      ...where,
      method,
      path: target,
      agent: false,
      signal: stopSignal,
      ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs }),
      headers: options.body ? { 'content-type': 'application/x-tar' } : {},
    });
    request.on('timeout', () => request.destroy(new Error(`no answer within ${options.timeoutMs} ms`)));
    request.on('error', reject);
    request.on('response', (response) => readAnswer(response, options.onMessage).then(resolve, reject));
    if (!options.body) return void request.end();
    options.body.on('error', (error) => request.destroy(error));
    options.body.pipe(request);
  });
}

async function readAnswer(response, onMessage) {
  let text = '';
  let unread = '';
  for await (const chunk of response.setEncoding('utf8')) {
    text += chunk;
    if (!onMessage || response.statusCode >= 400) continue;
    const lines = (unread + chunk).split('\n');
    unread = lines.pop() ?? '';
    for (const line of lines) if (line.trim()) deliver(JSON.parse(line), onMessage);
  }
  if (response.statusCode >= 400) throw new EngineRefusal(response.statusCode, messageOf(text));
  if (onMessage && unread.trim()) deliver(JSON.parse(unread), onMessage);
  return text;
}

function deliver(message, onMessage) {
  if (message.error) throw new EngineRefusal(200, message.errorDetail?.message ?? message.error);
  onMessage(message);
}

function messageOf(text) {
  try {
    return JSON.parse(text).message ?? text;
  } catch {
    return text;
  }
}

/**
 * Tells whether an engine answers.
 * @param {Endpoint} endpoint
 * @returns {Promise<{ answers: true } | { answers: false, code: string }>} `code` is the system's, such as ENOENT or EACCES
 */
export async function pingEngine(endpoint, timeoutMs = 5_000) {
  try {
    await requestEngine(endpoint, 'GET', '/_ping', { timeoutMs });
    return { answers: true };
  } catch (error) {
    return { answers: false, code: error.code ?? error.message };
  }
}

/**
 * The id of the image that an engine holds under a name.
 * @returns {Promise<string | undefined>} undefined where there is none
 */
export async function imageId(endpoint, name) {
  try {
    const target = `/images/${encodeURIComponent(name)}/json`;
    return JSON.parse(await requestEngine(endpoint, 'GET', target, { timeoutMs: 10_000 })).Id;
  } catch (error) {
    if (error instanceof EngineRefusal && error.status === 404) return undefined;
    throw error;
  }
}

/**
 * Gives an image one more name, which another image may have had until now.
 * @param {Endpoint} endpoint
 * @param {string} name of the image
 * @param {string} tag the name to give, `repository:tag`
 */
export async function tagImage(endpoint, name, tag) {
  const [repo, version] = tag.split(':');
  const target = `/images/${encodeURIComponent(name)}/tag?repo=${repo}&tag=${version}`;
  await requestEngine(endpoint, 'POST', target, { timeoutMs: 10_000 });
}
