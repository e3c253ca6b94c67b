import { afterAll, beforeAll, expect, it } from 'vitest';
import { rigUnderTest } from '../../../testing/git/rig-under-test.ts';
import {
  type SandboxesUnderTest,
  sandboxesUnderTest,
  shell,
  testConvoy,
  testLimits,
} from '../../../testing/sandbox/sandboxes-under-test.ts';
import type { GitStore } from '../../../town/ports/git-store.ts';
import type { Snapshot, SnapshotLine } from '../../../town/ports/sandbox.ts';

let under: SandboxesUnderTest;
beforeAll(async () => {
  under = await sandboxesUnderTest();
});
afterAll(() => under.end());

const setup = ['echo ran >>/home/agent/runs; cp package.json installed'];

/** Makes the snapshots of commits one after the other, as the convoys of one rig would. */
async function snapshotOf(
  store: GitStore,
  commit: string,
  more: Partial<SnapshotLine> = {},
): Promise<Snapshot> {
  const tree = await store.treeOf(commit);
  const made = await under.sandboxes.snapshot({
    image: under.image,
    tree,
    files: () => store.pack(tree),
    setup,
    limits: testLimits,
    labels: { convoy: testConvoy, purpose: 'setup' },
    line: { name: `rig/${under.town}`, differenceFrom: (from) => store.difference(from, tree), ...more },
  });
  if (made.status !== 'ready') throw new Error(made.output);
  return made.snapshot;
}

it('makes a snapshot from the one before by what changed, and sets up again only when its inputs did', async () => {
  const { user, store, import: bring } = await rigUnderTest();
  const first = await user.commit('1', { a: 'a', 'b/c': 'c', 'package.json': '1' });
  const second = await user.commit('2', { a: 'A', 'b/c': null, 'b/d': 'd' });
  const third = await user.commit('3', { 'package.json': '3' });
  await bring();
  const layers = async ({ imageId }: Snapshot): Promise<readonly string[]> =>
    (await under.docker.getImage(imageId).inspect()).RootFS.Layers ?? [];

  const one = await snapshotOf(store, first);
  const two = await snapshotOf(store, second);
  expect(await layers(two)).toEqual([...(await layers(one)), expect.any(String)]);
  const inTwo = await under.start(two);
  expect((await shell(inTwo, 'cat a b/d installed ~/runs; ls b; git status --short')).out).toBe(
    'Ad1ran\nd\n?? installed\n',
  );
  expect(await inTwo.takeOut()).toEqual({ changes: [], refused: [] });
  await shell(inTwo, 'echo new >b/d; rm a; echo mine >installed');
  const paths = (await inTwo.takeOut()).changes.map(({ kind, path }) => `${kind} ${Buffer.from(path)}`);
  expect(paths).toEqual(['delete a', 'write b/d', 'write installed']);

  const three = await snapshotOf(store, third);
  const inThree = await under.start(three);
  expect((await shell(inThree, 'cat a b/d installed ~/runs')).out).toBe('Ad3ran\nran\n');
  expect(await inThree.takeOut()).toEqual({ changes: [], refused: [] });

  const layer = (await under.docker.getImage(two.imageId).history())[0];
  expect(layer?.Size).toBeLessThan(100_000);
});

it('starts from nothing when the earlier tree is not known any more', async () => {
  const { user, store, import: bring } = await rigUnderTest();
  const commit = await user.commit('other', { other: 'x', 'package.json': '9' });
  await bring();
  const made = await snapshotOf(store, commit, { differenceFrom: async () => null });
  const sandbox = await under.start(made);
  expect((await shell(sandbox, 'ls; cat ~/runs')).out).toBe('installed\nother\npackage.json\nran\n');
});

it('outlives its convoy as the beginning of the next', async () => {
  const { user, store, import: bring } = await rigUnderTest();
  const first = await user.commit('1', { x: '1', 'package.json': '1' });
  await bring();
  const name = 'rig/lasting';
  await snapshotOf(store, first, { name });
  await under.sandboxes.removeConvoy(testConvoy);
  const second = await user.commit('2', { x: '2' });
  await bring();
  let asked = '';
  const tree = await store.treeOf(second);
  await snapshotOf(store, second, {
    name,
    differenceFrom: (from) => {
      asked = from;
      return store.difference(from, tree);
    },
  });
  expect(asked).toBe(await store.treeOf(first));
});
