import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Docker from 'dockerode';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { rigImage as sandboxImage, testEngine } from '../../src/testing/engine.ts';
import { type Registry, startRegistry } from '../testing/start-registry.ts';
import { rigImage, tarOf } from './build-context.js';
import { imageId, requestEngine } from './engine-api.js';
import { requireEngine } from './find-engine.js';
import { setUp } from './set-up.js';
import { imageStep } from './step-image.js';

const env = { ...process.env, NODE_EXTRA_CA_CERTS: undefined, SSL_CERT_FILE: undefined };
let registry: Registry;

beforeAll(async () => {
  registry = await startRegistry();
});
afterAll(() => registry.close());

function temporary(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'gas-town-published-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** A checkout whose sandbox image nobody has built yet. */
function checkout(): string {
  const root = temporary();
  mkdirSync(path.join(root, 'docker', 'certs'), { recursive: true });
  const dockerfile = `ARG BASE=${sandboxImage}\nFROM \${BASE} AS rig\nLABEL test=${randomUUID()}\nFROM rig AS town\n`;
  writeFileSync(path.join(root, 'Dockerfile'), dockerfile);
  return root;
}

/** Publishes an image that the engine then has no more; gives its name by digest. */
async function publish(docker: Docker): Promise<string> {
  const folder = temporary();
  writeFileSync(path.join(folder, 'who'), randomUUID());
  const repository = `${registry.host}/rig`;
  const query = new URLSearchParams({ fromSrc: '-', repo: repository, tag: 'new' });
  const endpoint = await requireEngine(env);
  await requestEngine(endpoint, 'POST', `/images/create?${query}`, {
    body: tarOf(folder),
    onMessage: () => {},
  });
  const image = docker.getImage(`${repository}:new`);
  const pushing = await image.push({ authconfig: { username: 'nobody', password: 'none' } });
  await new Promise((resolve, reject) =>
    docker.modem.followProgress(pushing, (error) => (error ? reject(error) : resolve(undefined))),
  );
  const { RepoDigests } = await image.inspect();
  await image.remove();
  return RepoDigests.find((name) => name.startsWith(`${repository}@`)) ?? '';
}

/** Takes the step on the real engine; gives its exit status and what it said. */
async function taken(
  root: string,
  published: string,
): Promise<{ status: number; said: string; common: string }> {
  const common = `gas-town-test-${randomUUID()}:latest`;
  let said = '';
  const write = (text: string): void => {
    said += text;
  };
  const status = await setUp([imageStep(common)], { root, env: { ...env, GASTOWN_RIG: published }, write });
  return { status, said, common };
}

async function removeAll(docker: Docker, names: readonly string[]): Promise<void> {
  const endpoint = await requireEngine(env);
  for (const name of names) {
    if (await imageId(endpoint, name)) await docker.getImage(name).remove({ force: true });
    expect(await imageId(endpoint, name)).toBeUndefined();
  }
}

test('a published sandbox image is pulled by its digest, once, under the names of what is built', async () => {
  const docker = new Docker(await testEngine());
  const published = await publish(docker);
  expect(published).toMatch(/@sha256:[0-9a-f]{64}$/);
  const root = checkout();
  const name = rigImage(root, []);
  const first = await taken(root, published);
  expect([first.status, first.said]).toEqual([0, expect.stringContaining(`pull ${published}`)]);
  const { Id, RepoTags } = await docker.getImage(published).inspect();
  expect(RepoTags.toSorted()).toEqual([name, first.common].toSorted());
  const digest = published.split('@')[1] ?? '';
  const asked = (): number => registry.pulls().filter((manifest) => manifest.endsWith(digest)).length;
  const before = asked();
  expect(before).toBeGreaterThan(0);
  const second = await taken(root, published);
  expect((await docker.getImage(second.common).inspect()).Id).toBe(Id);
  expect(asked()).toBe(before);
  await removeAll(docker, [name, first.common, second.common, published]);
});

test('where it can’t be pulled, the image is built from the context that is at hand', async () => {
  const docker = new Docker(await testEngine());
  const root = checkout();
  const name = rigImage(root, []);
  const missing = `${registry.host}/rig@sha256:${'0'.repeat(64)}`;
  const { status, said, common } = await taken(root, missing);
  expect([status, said]).toEqual([0, expect.stringContaining("can't be pulled")]);
  expect((await docker.getImage(common).inspect()).RepoTags).toContain(name);
  await removeAll(docker, [name, common]);
});

test('a sandbox image that is named by a tag is refused', async () => {
  const { status, said } = await taken(checkout(), 'ghcr.io/someone/rig:latest');
  expect([status, said]).toEqual([14, expect.stringContaining('name the image by its digest')]);
});
