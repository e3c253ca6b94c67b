import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type SandboxesUnderTest,
  sandboxesUnderTest,
  shell,
  testConvoy,
  testLimits,
} from '../../testing/sandbox/sandboxes-under-test.ts';
import { testTar } from '../../testing/sandbox/test-tar.ts';
import type { Snapshot } from '../../town/ports/sandbox.ts';
import { engineCallOrNull } from './engine/engine-call.ts';
import { sessionPrefix } from './engine/labels.ts';

let under: SandboxesUnderTest;
let snapshot: Snapshot;

beforeAll(async () => {
  under = await sandboxesUnderTest({ warm: 1 });
  snapshot = await under.snapshot([{ path: 'a', content: 'a\n' }]);
});
afterAll(() => under.end());

/** The warm containers of this town that run, once the pool is full. */
async function warmOnes(): Promise<string[]> {
  await under.sandboxes.settled();
  const filters = { label: [`gas-town.town=${under.town}`, 'gas-town.purpose=warm'], status: ['running'] };
  return (await under.docker.listContainers({ filters })).map(({ Id }) => Id);
}

/** Those that nobody has taken yet: they still have the name that they were made with. */
async function waiting(town: string): Promise<string[]> {
  const filters = { name: [`^/${sessionPrefix(town, 'warm')}`] };
  return (await under.docker.listContainers({ all: true, filters })).map(({ Id }) => Id);
}

it('has a container ready for whoever starts next, and makes up for it', async () => {
  const first = await under.start(snapshot, null, randomUUID());
  const [warm] = await warmOnes();
  expect(warm).not.toBe(first.id);
  const session = randomUUID();
  const second = await under.start(snapshot, null, session);
  expect(second.id).toBe(warm);
  expect((await shell(second, 'cat a; id -u')).out).toBe('a\n1000\n');
  expect((await under.again().find(session))?.id).toBe(warm);
  expect((await warmOnes()).filter((id) => id !== warm)).toHaveLength(1);
});

it('serves a bead that starts on a difference, and takes its work out', async () => {
  await warmOnes();
  const difference = { files: () => testTar([{ path: 'b', content: 'b\n' }]), deleted: [Buffer.from('a')] };
  const sandbox = await under.start(snapshot, difference, randomUUID());
  expect((await shell(sandbox, 'ls; echo c >c')).out).toBe('b\n');
  expect((await sandbox.takeOut()).changes.map(({ path }) => `${Buffer.from(path)}`)).toEqual(['c']);
});

it('gives out no container that died while it waited', async () => {
  const before = await warmOnes();
  for (const id of before) await under.docker.getContainer(id).kill();
  const sandbox = await under.start(snapshot, null, randomUUID());
  expect(before).not.toContain(sandbox.id);
  expect((await shell(sandbox, 'cat a')).out).toBe('a\n');
});

it('keeps as many ready as the request says', async () => {
  await under.sandboxes.close();
  const labels = { convoy: testConvoy, purpose: 'test', session: randomUUID() };
  const request = { snapshot, difference: null, limits: testLimits, network: 'none', labels } as const;
  await under.sandboxes.start({ ...request, warm: 2 });
  await under.sandboxes.settled();
  expect(await waiting(under.town)).toHaveLength(2);
  await under.sandboxes.close();
  await under.sandboxes.start({ ...request, warm: 0 });
  await under.sandboxes.settled();
  expect(await waiting(under.town)).toEqual([]);
});

it('has them ready before anybody starts, and no more than will be started', async () => {
  await under.sandboxes.close();
  const labels = { convoy: testConvoy, purpose: 'warm' };
  const request = { snapshot, difference: null, limits: testLimits, network: 'none', labels } as const;
  await under.sandboxes.prepare({ ...request, warm: 2 });
  const ready = await waiting(under.town);
  expect(ready).toHaveLength(2);
  const last = { ...request, warm: 2, startsLeft: 1, labels: { ...labels, session: randomUUID() } };
  const sandbox = await under.sandboxes.start(last);
  await under.sandboxes.settled();
  expect(ready).toContain(sandbox.id);
  expect(await waiting(under.town)).toEqual(ready.filter((id) => id !== sandbox.id));
  await under.sandboxes.close();
  await under.sandboxes.prepare({ ...last, startsLeft: 0 });
  expect(await waiting(under.town)).toEqual([]);
});

it('lets go what nobody asks for', async () => {
  const town = under.again({ warmIdleMs: 1 });
  const labels = { convoy: testConvoy, purpose: 'test', session: randomUUID() };
  const request = { snapshot, difference: null, limits: testLimits, network: 'none', labels } as const;
  const before = await waiting(under.town);
  await town.start(request);
  await town.settled();
  const made = (await waiting(under.town)).filter((id) => !before.includes(id));
  for (const id of made) {
    const gone = { condition: 'removed' } as const;
    await engineCallOrNull('waiting for an end', () => under.docker.getContainer(id).wait(gone));
  }
  expect((await waiting(under.town)).filter((id) => !before.includes(id))).toEqual([]);
});

it('leaves nothing that waits when it is closed or its convoy is removed', async () => {
  await warmOnes();
  await under.sandboxes.close();
  expect(await waiting(under.town)).toEqual([]);
  await under.start(snapshot, null, randomUUID());
  await under.sandboxes.removeConvoy(testConvoy);
  await under.sandboxes.settled();
  const all = { label: [`gas-town.town=${under.town}`] };
  expect(await under.docker.listContainers({ all: true, filters: all })).toEqual([]);
});
