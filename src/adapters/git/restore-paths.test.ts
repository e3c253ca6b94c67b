import { expect, test } from 'vitest';
import { rigUnderTest } from '../../testing/git/rig-under-test.ts';
import type { Entry } from '../../testing/git/user-repository.ts';

const base = { 'ci/a': '1\n', 'ci/b': '2\n', kept: 'k\n' };

test.each<[string, Readonly<Record<string, Entry>>]>([
  ['changed', { 'ci/a': 'other\n' }],
  ['gone', { 'ci/a': null, 'ci/b': null }],
  ['made executable', { 'ci/a': { executable: '1\n' } }],
  ['more', { 'ci/c/d': 'new\n' }],
  ['a link in place of the folder', { 'ci/a': null, 'ci/b': null, ci: { link: 'kept' } }],
])('what is selected stands as it did, the rest as it is: %s', async (_, change) => {
  const rig = await rigUnderTest();
  const from = await rig.user.commit('base', base);
  const tree = await rig.user.commit('change', { ...change, new: 'n\n' });
  await rig.import();
  const restored = await rig.store.restorePaths(
    tree,
    from,
    (path) => path === 'ci' || path.startsWith('ci/'),
  );
  const left = await rig.store.changedEntries(from, restored);
  expect(left.map(({ path, before }) => [path, before])).toEqual([['new', null]]);
});

test('where nothing is selected it is the very tree', async () => {
  const rig = await rigUnderTest();
  const from = await rig.user.commit('base', base);
  const tree = await rig.user.commit('change', { 'ci/a': 'x\n' });
  await rig.import();
  expect(await rig.store.restorePaths(tree, from, () => false)).toBe(await rig.store.treeOf(tree));
});

test('a branch is deleted where it stands as expected, and a diff may be of some paths alone', async () => {
  const rig = await rigUnderTest();
  const one = await rig.user.commit('one', base);
  const two = await rig.user.commit('two', { 'ci/a': 'x\n', kept: 'y\n' });
  await rig.import();
  await rig.user.branch('old', one);
  await rig.user.git('checkout', '--quiet', 'main');
  const remote = { url: rig.user.path, token: null };
  const remove = (expected: string) =>
    rig.store.push(remote, { commit: null, ref: 'refs/heads/old', expected });
  expect(await remove(two)).toMatchObject({ status: 'rejected', actual: one });
  expect(await remove(one)).toEqual({ status: 'pushed' });
  expect(await remove(one)).toMatchObject({ status: 'rejected', actual: null });
  const { text } = await rig.store.diff(one, two, { maxBytes: 10_000, paths: ['ci'] });
  expect(text).toContain('ci/a');
  expect(text).not.toContain('kept');
  expect(await rig.store.refsBelow('refs/heads/')).toEqual(['refs/heads/main']);
});
