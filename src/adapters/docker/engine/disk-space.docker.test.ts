import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type SandboxesUnderTest,
  sandboxesUnderTest,
  shell,
  testConvoy,
  testLimits,
} from '../../../testing/sandbox/sandboxes-under-test.ts';
import { DiskSpace } from './disk-space.ts';

let under: SandboxesUnderTest;
beforeAll(async () => {
  under = await sandboxesUnderTest({ maxWritableBytes: 48 * 2 ** 20 });
});
afterAll(() => under.end());

it('starts nothing when the disk has less room than it must, and names the disk', async () => {
  const snapshot = await under.snapshot([{ path: 'a' }]);
  const tight = under.again({ freeFloorBytes: 2 ** 60 });
  const labels = { convoy: testConvoy, purpose: 'test', session: randomUUID() };
  const request = { snapshot, difference: null, limits: testLimits, network: 'none', labels } as const;
  const full = { name: 'DiskFull', neededBytes: 2 ** 60, path: expect.stringMatching(/^\//) };
  await expect(tight.start(request)).rejects.toMatchObject(full);
  await expect(tight.run({ ...request, command: 'true', timeoutMs: 1000 })).rejects.toMatchObject(full);
  expect(await tight.find(labels.session)).toBeNull();
});

it('tells a full disk from other failures of the engine', async () => {
  const { SandboxFailed } = await import('./errors.ts');
  const failure = new SandboxFailed({ doing: 'testing', status: 500, reason: 'something' });
  const fail = () => Promise.reject(failure);
  const roomy = new DiskSpace(under.docker, 1);
  await expect(roomy.during(fail)).rejects.toBe(failure);
  expect((await roomy.free())?.freeBytes).toBeGreaterThan(0);
});

it('stops a call that writes more than a container may, says so, and lets the next one clean up', async () => {
  const sandbox = await under.start(await under.snapshot([{ path: 'a' }]));
  const flood = await sandbox.exec(
    'i=0; while :; do i=$((i+1)); head -c 8000000 /dev/zero >big$i; sleep 0.1; done',
    {
      timeoutMs: 30_000,
    },
  );
  expect(flood).toMatchObject({ exitCode: null, timedOut: false });
  expect(Buffer.from(flood.stderr.head).toString()).toContain('written more than it may');
  expect((await shell(sandbox, 'rm big*; echo clean')).out).toBe('clean\n');
});
