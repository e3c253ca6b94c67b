import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type SandboxesUnderTest,
  sandboxesUnderTest,
  shell,
  testConvoy,
  testLimits,
} from '../../../testing/sandbox/sandboxes-under-test.ts';
import { testTar } from '../../../testing/sandbox/test-tar.ts';
import type { Sandbox } from '../../../town/ports/sandbox.ts';

/** An image whose tools are too few for the quick way: no `find`, no `tar`. */
const bare = `gas-town-test-bare:${randomUUID()}`;
/** One that can't serve at all. */
const barest = `gas-town-test-barest:${randomUUID()}`;
let under: SandboxesUnderTest;

async function makeImage(name: string, without: string): Promise<void> {
  const container = await under.docker.createContainer({
    Image: under.image,
    User: '0:0',
    Cmd: ['sh', '-c', `rm ${without}`],
    Labels: { 'gas-town.town': under.town, 'gas-town.convoy': testConvoy },
  });
  await container.start();
  await container.wait();
  const [repo, tag] = name.split(':');
  await container.commit({ repo, tag });
  await container.remove();
}

async function bareSandbox(setup: readonly string[]): Promise<Sandbox> {
  const labels = { convoy: testConvoy, purpose: 'test', session: randomUUID() };
  const made = await under.sandboxes.snapshot({
    image: bare,
    tree: randomUUID(),
    files: () =>
      testTar([
        { path: 'a', content: 'a\n' },
        { path: 'b/c', content: 'c\n' },
        { path: 'run', content: 'x\n', executable: true },
        { path: 'link', target: 'a' },
        { path: '.gitignore', content: '*.log\n' },
      ]),
    setup,
    limits: testLimits,
    labels,
  });
  if (made.status !== 'ready') throw new Error(made.output);
  const request = { snapshot: made.snapshot, difference: null, limits: testLimits, labels };
  return under.sandboxes.start({ ...request, network: 'none' });
}

beforeAll(async () => {
  under = await sandboxesUnderTest();
  await makeImage(bare, '/usr/bin/find /usr/bin/tar');
  await makeImage(barest, '/usr/bin/setsid /usr/bin/base64');
});
afterAll(async () => {
  await under.sandboxes.removeConvoy(testConvoy);
  for (const image of [bare, barest]) await under.docker.getImage(image).remove({ force: true });
  await under.end();
});

it('takes work out of an image without find and tar', async () => {
  const sandbox = await bareSandbox(['echo made >made; echo more >>a']);
  expect(await sandbox.takeOut()).toEqual({ changes: [], refused: [] });
  const edit = `touch made; rm b/c; chmod -x run; ln -sf run link; printf '\\377\\000' >bin; ln a twice; mkfifo pipe
mkdir -p node_modules in/.git; echo 1 >node_modules/x; echo 1 >x.log; echo 1 >in/.git/config; echo 2 >>a`;
  expect(await shell(sandbox, edit)).toMatchObject({ err: '', code: 0 });
  const { changes, refused } = await sandbox.takeOut();
  const told = changes.map((change) => {
    const path = Buffer.from(change.path).toString('latin1');
    return change.kind === 'delete'
      ? `-${path}`
      : `+${change.mode} ${path}: ${Buffer.from(change.content).toString('latin1')}`;
  });
  expect(told).toEqual([
    '-b/c',
    '+100644 a: a\nmore\n2\n',
    '+100644 bin: \xff\x00',
    '+120000 link: run',
    '+100644 run: x\n',
    '+100644 twice: a\nmore\n2\n',
  ]);
  expect(refused).toEqual([
    { path: 'in/.git', rule: 'git-folder' },
    { path: 'pipe', rule: 'special-file' },
  ]);
});

it('finds the content of a second name of an unchanged file', async () => {
  const sandbox = await bareSandbox([]);
  await shell(sandbox, 'ln b/c twin');
  const { changes } = await sandbox.takeOut();
  expect(changes).toEqual([
    { kind: 'write', path: Buffer.from('twin'), mode: '100644', content: Buffer.from('c\n') },
  ]);
});

it('puts a static busybox in where an image lacks what the town’s tools need', async () => {
  const town = under.again({ toolsImage: under.image });
  const labels = { convoy: testConvoy, purpose: 'test', session: randomUUID() };
  const made = await town.snapshot({
    image: barest,
    tree: randomUUID(),
    files: () => testTar([{ path: 'a', content: 'a\n' }]),
    setup: ['echo made >made'],
    limits: testLimits,
    labels,
  });
  if (made.status !== 'ready') throw new Error(made.output);
  const request = { snapshot: made.snapshot, difference: null, limits: testLimits, labels };
  const sandbox = await town.start({ ...request, network: 'none' });
  expect((await shell(sandbox, 'command -v base64; cat a; echo b >b')).out).toBe(
    '/.gas-town/bin/base64\na\n',
  );
  expect(await sandbox.writeFile('c', Buffer.from([0, 255]))).toEqual({ status: 'written' });
  expect((await shell(sandbox, ': >/.gas-town/bin/base64')).code).not.toBe(0);
  const { changes } = await sandbox.takeOut();
  expect(changes.map(({ path }) => Buffer.from(path).toString())).toEqual(['b', 'c']);
});

it('names the tools that an image lacks for anything at all', async () => {
  const asked = under.sandboxes.snapshot({
    image: barest,
    tree: randomUUID(),
    files: () => testTar([{ path: 'a' }]),
    setup: [],
    limits: testLimits,
    labels: { convoy: testConvoy, purpose: 'test' },
  });
  await expect(asked).rejects.toMatchObject({
    name: 'SandboxFailed',
    reason: expect.stringContaining('lacks base64 setsid;'),
  });
});
