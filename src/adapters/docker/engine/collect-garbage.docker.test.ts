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

let under: SandboxesUnderTest;
beforeAll(async () => {
  under = await sandboxesUnderTest({ warm: 1 });
});
afterAll(() => under.end());

it('removes what is left of convoys that are over, and nothing of those that are not', async () => {
  const start = async (convoy: string) => {
    const labels = { convoy, purpose: 'test', session: randomUUID() };
    const made = await under.sandboxes.snapshot({
      image: under.image,
      tree: randomUUID(),
      files: () => testTar([{ path: 'a', content: convoy }]),
      setup: [],
      limits: testLimits,
      labels,
    });
    if (made.status !== 'ready') throw new Error(made.output);
    const { snapshot } = made;
    return under.sandboxes.start({ snapshot, difference: null, limits: testLimits, network: 'none', labels });
  };
  const live = await start(testConvoy);
  await start('convoy/1/7');
  await under.sandboxes.settled();
  const collected = await under.again().collectGarbage({ liveConvoys: [testConvoy], keepLines: false });
  // Its container, and the two that wait, one for each convoy.
  expect(collected).toMatchObject({ containers: 3, images: 1 });
  expect((await shell(live, 'cat a')).out).toBe(testConvoy);
  const again = await under.again().collectGarbage({ liveConvoys: [testConvoy], keepLines: false });
  expect(again).toMatchObject({ containers: 0, images: 0 });
});
