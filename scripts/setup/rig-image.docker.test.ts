import { randomUUID } from 'node:crypto';
import Docker from 'dockerode';
import { expect, test } from 'vitest';
import { containerOutput } from '../../src/testing/container-output.ts';
import { rigImage as defaultImage, testEngine } from '../../src/testing/engine.ts';
import { repositoryRoot } from '../repository-root.js';
import { rigImage } from './build-context.js';
import { imageId, tagImage } from './engine-api.js';
import { requireEngine } from './find-engine.js';
import { hostCertificates } from './host-certificates.js';

/** What a shell command prints in the sandbox image, as its user, without a network or capabilities. */
const printed = (command: string) =>
  containerOutput(defaultImage, command, {
    HostConfig: { AutoRemove: true, NetworkMode: 'none', CapDrop: ['ALL'] },
  });

test('the image holds what work needs', async () => {
  const commands = [
    'git --version',
    'rg --version',
    'python3 -m pytest --version',
    'node --version',
    'npm --version',
    'make --version',
    'printf "int main(void){return 0;}" > /tmp/a.c && cc /tmp/a.c -o /tmp/a && /tmp/a',
    'tar --version',
    'find . -maxdepth 0',
  ];
  const { status, text } = await printed(commands.join(' && '));
  expect({ status, text }).toEqual({ status: 0, text: expect.stringMatching(/^v24\./m) });
});

test('its user is not root, and owns the workspace', async () => {
  const { status, text } = await printed('id -u && id -un && pwd && touch file && echo $HOME');
  expect({ status, text: text.split(/\r?\n/) }).toEqual({
    status: 0,
    text: ['1000', 'agent', '/workspace', '/home/agent', ''],
  });
});

test('it trusts what the host trusts', async () => {
  const certificates = hostCertificates(process.env);
  const { text } = await printed('cat /etc/ssl/certs/ca-certificates.crt');
  const bundle = text.replaceAll('\r', '');
  for (const pem of certificates) expect(bundle).toContain(pem.replaceAll('\r', ''));
});

test('it is the one that this Dockerfile makes', async () => {
  const docker = new Docker(await testEngine());
  const named = await docker.getImage(rigImage(repositoryRoot, hostCertificates(process.env))).inspect();
  expect(named.RepoTags).toContain(defaultImage);
});

test('a name that another image had goes over to the one that is meant', async () => {
  const docker = new Docker(await testEngine());
  const endpoint = await requireEngine(process.env);
  const taken = `gas-town-test-${randomUUID()}:latest`;
  const named = rigImage(repositoryRoot, hostCertificates(process.env));
  const container = await docker.createContainer({ Image: named });
  try {
    const [repo] = taken.split(':');
    const { Id: before } = await container.commit({ repo, tag: 'latest' });
    expect(await imageId(endpoint, taken)).not.toBe(await imageId(endpoint, named));
    await tagImage(endpoint, named, taken);
    await docker.getImage(before).remove();
    expect(await imageId(endpoint, taken)).toBe(await imageId(endpoint, named));
  } finally {
    await container.remove();
    await docker.getImage(taken).remove();
  }
  expect(await imageId(endpoint, taken)).toBeUndefined();
});
