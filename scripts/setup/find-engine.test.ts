import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  findEngine as findFromPrograms,
  stateFolder as stateOfPrograms,
} from '../../src/entry/find-engine.ts';
import { parseDockerHost } from './engine-api.js';
import { findEngine } from './find-engine.js';
import { stateFolder } from './state-folder.js';

/** Something that answers as an engine's ping does. */
async function listen(where: { path: string } | { port: 0; host: string }) {
  const server = createServer((_request, response) => response.end('OK'));
  await new Promise<void>((resolve) => server.listen(where, resolve));
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  return server;
}

async function emptyState() {
  const folder = await mkdtemp(path.join(tmpdir(), 'gt-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

describe('finding the engine', () => {
  test('takes the one that DOCKER_HOST names', async () => {
    const server = await listen({ port: 0, host: '127.0.0.1' });
    const { port } = server.address() as AddressInfo;
    const found = await findEngine({ DOCKER_HOST: `tcp://127.0.0.1:${port}` });
    expect(found.endpoint).toEqual({ host: '127.0.0.1', port });
  });

  test('does not look elsewhere when DOCKER_HOST names one that is silent', async () => {
    const folder = await emptyState();
    await expect(findEngine({ DOCKER_HOST: `unix://${folder}/none.sock` })).rejects.toMatchObject({
      status: 13,
      message: expect.stringContaining('ENOENT'),
    });
  });

  test('refuses an address that it cannot speak to', async () => {
    await expect(findEngine({ DOCKER_HOST: 'ssh://somewhere' })).rejects.toMatchObject({ status: 13 });
    expect(parseDockerHost('npipe:////./pipe/docker_engine', {})).toBeUndefined();
    expect(parseDockerHost('tcp://[::1]:2375', {})).toEqual({ host: '::1', port: 2375 });
  });

  test('programs find the same rootless engine, and the same state folder, as set-up', async () => {
    const runtime = await emptyState();
    await listen({ path: path.join(runtime, 'docker.sock') });
    const env = { XDG_RUNTIME_DIR: runtime, GASTOWN_STATE: path.join(runtime, 'state') };
    const ours = await findEngine(env);
    const theirs = await findFromPrograms(env);
    if (!theirs.found) expect.fail('programs found no engine');
    expect(theirs.endpoint).toEqual(ours.endpoint);
    for (const each of [{}, { GASTOWN_STATE: 'x' }, { XDG_STATE_HOME: '/y' }]) {
      expect(stateOfPrograms(each)).toBe(stateFolder(each));
    }
  });
});
