import { expect, test } from 'vitest';
import { rigUnderTest } from '../../testing/git/rig-under-test.ts';

test('a path of a commit or a tree names what git says it names', async () => {
  const rig = await rigUnderTest();
  const commit = await rig.user.commit('base', { a: 'a', 'folder/b': 'b', 'folder/Zwölf Boxkämpfer': 'c' });
  await rig.import();
  const { store } = rig;
  const tree = await store.treeOf(commit);
  const paths = [
    'a',
    'folder',
    'folder/b',
    'folder/Zwölf Boxkämpfer',
    'a/b',
    'folder/c',
    'none',
    'folder/',
    '',
  ];
  for (const treeish of [commit, tree]) {
    for (const path of paths) {
      const git = await rig.user
        .git('rev-parse', '--verify', '--quiet', `${treeish}:${path}`)
        .catch(() => null);
      expect(await store.resolve(`${treeish}:${path}`), path).toBe(git?.trim() ?? null);
    }
  }
  expect(await store.resolve(`${'0'.repeat(40)}:a`)).toBeNull();
});
