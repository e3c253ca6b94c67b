import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type SandboxesUnderTest,
  sandboxesUnderTest,
  shell,
  testConvoy,
} from '../../testing/sandbox/sandboxes-under-test.ts';
import { testTar } from '../../testing/sandbox/test-tar.ts';
import type { Snapshot } from '../../town/ports/sandbox.ts';

let under: SandboxesUnderTest;
let snapshot: Snapshot;

beforeAll(async () => {
  under = await sandboxesUnderTest();
  snapshot = await under.snapshot([{ path: 'a', content: 'a\n' }]);
});
afterAll(() => under.end());

it('is found again by its session after it stopped, with its files', async () => {
  const session = randomUUID();
  const sandbox = await under.start(snapshot, null, session);
  await shell(sandbox, 'echo kept >kept');
  await sandbox.stop();
  await sandbox.stop();
  const found = await under.again().find(session);
  expect(found?.id).toBe(sandbox.id);
  expect(found && (await shell(found, 'cat kept')).out).toBe('kept\n');
  expect((await found?.takeOut())?.changes).toEqual([
    { kind: 'write', path: Buffer.from('kept'), mode: '100644', content: Buffer.from('kept\n') },
  ]);
});

it('is found while it runs, and remembers the difference it started with', async () => {
  const session = randomUUID();
  const files = () => testTar([{ path: 'b', content: 'b\n' }]);
  const sandbox = await under.start(snapshot, { files, deleted: [Buffer.from('a')] }, session);
  await shell(sandbox, 'echo c >c');
  const found = await under.again().find(session);
  expect(found?.id).toBe(sandbox.id);
  expect((await found?.takeOut())?.changes.map(({ path }) => Buffer.from(path).toString())).toEqual(['c']);
});

it('is not found when the town died before its tree was whole', async () => {
  const session = randomUUID();
  const files = () => {
    throw new Error('died');
  };
  await expect(under.start(snapshot, { files, deleted: [] }, session)).rejects.toThrow('died');
  expect(await under.sandboxes.find(session)).toBeNull();
  const name = [`gas-town-.*`];
  const filters = { name, label: [`gas-town.town=${under.town}`], status: ['created'] };
  expect(await under.docker.listContainers({ all: true, filters })).toEqual([]);
});

it('is not found when it never was, when it was removed, or under another town’s name', async () => {
  const session = randomUUID();
  expect(await under.sandboxes.find(session)).toBeNull();
  const sandbox = await under.start(snapshot, null, session);
  expect(await under.again({ town: 'test-another' }).find(session)).toBeNull();
  await sandbox.remove();
  await sandbox.remove();
  expect(await under.sandboxes.find(session)).toBeNull();
});

it('tells when its container was killed, and goes on when it is found again', async () => {
  const session = randomUUID();
  const sandbox = await under.start(snapshot, null, session);
  const hanging = sandbox.exec('touch /tmp/begun; sleep 67', { timeoutMs: 30_000 });
  const lost = expect(hanging).rejects.toMatchObject({ name: 'WorkspaceLost', container: sandbox.id });
  await shell(sandbox, 'until [ -e /tmp/begun ]; do sleep 0.01; done');
  await under.docker.getContainer(sandbox.id).kill();
  await lost;
  await expect(sandbox.exec('true', { timeoutMs: 1000 })).rejects.toMatchObject({ name: 'WorkspaceLost' });
  const found = await under.sandboxes.find(session);
  expect(found && (await shell(found, 'cat a')).out).toBe('a\n');
});

it('goes with its convoy and leaves other convoys alone', async () => {
  const mine = await under.start(snapshot, null, 'mine');
  const made = { convoy: 'convoy/1/9', purpose: 'test', session: 'theirs' };
  const theirs = await under.sandboxes.start({
    snapshot,
    difference: null,
    limits: { memoryBytes: 64 * 2 ** 20, cpus: 1, processes: 64 },
    network: 'none',
    labels: made,
  });
  await under.sandboxes.removeConvoy('convoy/1/9');
  expect(await under.sandboxes.find('theirs')).toBeNull();
  await expect(theirs.exec('true', { timeoutMs: 1000 })).rejects.toMatchObject({ name: 'WorkspaceLost' });
  expect((await shell(mine, 'echo here')).out).toBe('here\n');
  await under.sandboxes.removeConvoy('convoy/1/9');
  expect(testConvoy).not.toBe(made.convoy);
});

it('rejects a start on a snapshot that is gone', async () => {
  const gone = { imageId: `sha256:${'0'.repeat(64)}`, tree: 'x' };
  await expect(under.start(gone)).rejects.toMatchObject({ name: 'ImageMissing' });
});
