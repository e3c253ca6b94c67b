import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import Dockerode from 'dockerode';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type SandboxesUnderTest,
  sandboxesUnderTest,
  shell,
  testConvoy,
  testLimits,
} from '../../../testing/sandbox/sandboxes-under-test.ts';
import { testTar } from '../../../testing/sandbox/test-tar.ts';
import type { SnapshotRequest } from '../../../town/ports/sandbox.ts';
import { createSandboxes } from '../create-sandboxes.ts';
import { snapshotRepository } from '../engine/labels.ts';

const canary = `canary-${randomUUID()}`;
const caBundle = Buffer.from(`-----BEGIN CERTIFICATE-----\n${canary}\n-----END CERTIFICATE-----\n`);
let under: SandboxesUnderTest;

beforeAll(async () => {
  under = await sandboxesUnderTest({ caBundle, setupEnv: [`HTTPS_PROXY=http://user:${canary}@127.0.0.1:1`] });
});
afterAll(() => under.end());

const request = (more: Partial<SnapshotRequest> = {}): SnapshotRequest => ({
  image: under.image,
  tree: randomUUID(),
  files: () => testTar([{ path: 'a', content: 'a\n' }]),
  setup: [],
  limits: testLimits,
  labels: { convoy: testConvoy, purpose: 'setup' },
  ...more,
});

it('is made once for an image, a tree and its set-up', async () => {
  let packed = 0;
  const files = (): Readable => {
    packed += 1;
    return testTar([{ path: 'a', content: 'a\n' }]);
  };
  const asked = request({ files, setup: ['echo ready >ready'] });
  const [first, second] = await Promise.all([
    under.sandboxes.snapshot(asked),
    under.sandboxes.snapshot(asked),
  ]);
  const third = await under.again().snapshot(asked);
  expect(second).toEqual(first);
  expect(third).toEqual(first);
  expect(packed).toBe(1);
  const other = await under.sandboxes.snapshot({ ...asked, setup: ['echo other >ready'] });
  expect(other).not.toEqual(first);
});

it('holds the tree and what the set-up made, owned by the sandbox user', async () => {
  const snapshot = await under.snapshot(
    [
      { path: 'src/deep/run.sh', content: 'echo hello\n', executable: true },
      { path: 'link', target: 'src/deep' },
    ],
    ['./src/deep/run.sh >made', 'pwd >>made'],
  );
  const sandbox = await under.start(snapshot);
  expect((await shell(sandbox, 'cat made')).out).toBe('hello\n/workspace\n');
  expect((await shell(sandbox, 'find . -not -user 1000 -o -not -group 1000')).out).toBe('');
  expect((await shell(sandbox, 'readlink link; echo x >src/deep/new && echo can')).out).toBe(
    'src/deep\ncan\n',
  );
});

it('lets set-up commands reach the network, and tells what they print', async () => {
  const lines: string[] = [];
  const result = await under.sandboxes.snapshot(
    request({
      setup: ['ip -o link 2>/dev/null || cat /proc/net/dev', 'echo to stderr >&2'],
      onOutput: (text) => lines.push(text),
    }),
  );
  expect(result.status).toBe('ready');
  expect(lines.join('')).toMatch(/eth0[\s\S]*to stderr\n$/);
});

it('answers with the command, its status and its output when the set-up fails, and keeps nothing', async () => {
  const result = await under.sandboxes.snapshot(
    request({ setup: ['true', 'echo it broke; echo really >&2; exit 9', 'true'] }),
  );
  expect(result).toEqual({
    status: 'setup-failed',
    command: 'echo it broke; echo really >&2; exit 9',
    exitCode: 9,
    output: 'it broke\nreally\n',
  });
  const filters = { label: [`gas-town.town=${under.town}`, 'gas-town.purpose=setup'] };
  expect(await under.docker.listContainers({ all: true, filters })).toEqual([]);
});

it('gives up on set-up commands that run for ever', async () => {
  const sandboxes = under.again({ setupTimeoutMs: 2000 });
  const result = await sandboxes.snapshot(request({ setup: ['echo waiting; sleep 64'] }));
  expect(result).toMatchObject({ status: 'setup-failed', exitCode: null, output: 'waiting\n' });
});

it('lets set-up commands see certificates and a proxy, and agents neither', async () => {
  const seen = 'for i in 1; do env; cat "$NODE_EXTRA_CA_CERTS"; done | grep -c canary >/tmp/seen';
  const snapshot = await under.snapshot([{ path: 'a' }], [seen]);
  const facts = await under.docker.getImage(snapshot.imageId).inspect();
  expect(JSON.stringify(facts)).not.toContain(canary);
  const sandbox = await under.start(snapshot);
  expect((await shell(sandbox, 'cat /tmp/seen')).out).toBe('2\n');
  const search = `env; cat /proc/1/environ; grep -rs ${canary} / --exclude-dir=proc --exclude-dir=sys`;
  expect((await shell(sandbox, `{ ${search}; } | grep -ac "${canary.slice(0, 20)}" || true`)).out).toBe(
    '0\n',
  );
});

it('names the image’s user, command, variables and labels itself', async () => {
  const snapshot = await under.snapshot([{ path: 'a' }], ['true']);
  const base = await under.docker.getImage(under.image).inspect();
  const { Config } = await under.docker.getImage(snapshot.imageId).inspect();
  expect(Config.User).toBe('1000:1000');
  expect(Config.Cmd).toEqual(['cat']);
  expect([...Config.Env].sort()).toEqual([...(base.Config.Env ?? []), 'HOME=/home/agent'].sort());
  expect(Config.Labels).toMatchObject({
    'gas-town.town': under.town,
    'gas-town.convoy': '',
    'gas-town.purpose': 'snapshot',
  });
});

it('outlives the convoy that made it as long as another one uses it', async () => {
  const asked = request();
  const mine = { ...asked, labels: { convoy: 'convoy/1/2', purpose: 'setup' } };
  const first = await under.sandboxes.snapshot(asked);
  expect(await under.sandboxes.snapshot(mine)).toEqual(first);
  await under.sandboxes.removeConvoy(testConvoy);
  expect(await under.sandboxes.snapshot(mine)).toEqual(first);
  await under.sandboxes.removeConvoy('convoy/1/2');
  const id = first.status === 'ready' ? first.snapshot.imageId : '';
  await expect(under.docker.getImage(id).inspect()).rejects.toMatchObject({ statusCode: 404 });
});

it('leaves no image whose name went to a second commit, as when the answer to the first was lost', async () => {
  const container = await under.docker.createContainer({
    Image: under.image,
    Cmd: ['true'],
    Labels: { 'gas-town.town': under.town },
  });
  const commit = (): Promise<{ Id: string }> =>
    container.commit({ repo: snapshotRepository(under.town, testConvoy), tag: 'twice' });
  const images = [await commit(), await commit()];
  await container.remove();
  await under.sandboxes.removeConvoy(testConvoy);
  for (const { Id } of images) {
    await expect(under.docker.getImage(Id).inspect()).rejects.toMatchObject({ statusCode: 404 });
  }
});

it('refuses an image that the engine does not have', async () => {
  const missing = under.sandboxes.snapshot(request({ image: 'nobody/nothing:never' }));
  await expect(missing).rejects.toMatchObject({ name: 'ImageMissing', image: 'nobody/nothing:never' });
});

it('rejects with the tree’s own error and leaves no container', async () => {
  const files = (): Readable =>
    new Readable({
      read() {
        this.destroy(new Error('the repository broke'));
      },
    });
  await expect(under.sandboxes.snapshot(request({ files }))).rejects.toMatchObject({
    name: 'SandboxFailed',
    reason: 'the repository broke',
  });
  const filters = { label: [`gas-town.town=${under.town}`, 'gas-town.purpose=setup'] };
  expect(await under.docker.listContainers({ all: true, filters })).toEqual([]);
});

it('says what to do when there is no engine', async () => {
  const docker = new Dockerode({ socketPath: '/nowhere/docker.sock' });
  const none = createSandboxes({ docker, town: 'test' });
  await expect(none.snapshot(request())).rejects.toMatchObject({
    name: 'EngineUnavailable',
    code: 'ENOENT',
    whatToDo: expect.stringContaining('DOCKER_HOST'),
  });
});
