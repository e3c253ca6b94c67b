import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rigUnderTest } from '../../testing/git/rig-under-test.ts';
import { temporaryFolder } from '../../testing/git/temporary-folder.ts';
import { createGitStores } from './create-git-stores.ts';

test('no git, or one that is too old, is said in a sentence', async () => {
  const folder = await temporaryFolder();
  const stores = (git: string) => createGitStores({ folder: folder, now: () => 0, git });
  await expect(stores('/no/such/git').open(1)).rejects.toMatchObject({
    name: 'GitMissing',
    message: expect.stringContaining('Install git 2.38'),
  });
  const old = join(folder, 'old-git');
  await writeFile(old, '#!/bin/sh\necho git version 2.30.2\n');
  await chmod(old, 0o755);
  await expect(stores(old).open(1)).rejects.toMatchObject({ name: 'GitTooOld', found: '2.30.2' });
});

test('refs move only from where they are expected, files and lists are read, diffs are capped', async () => {
  const rig = await rigUnderTest();
  const { store } = rig;
  const one = await rig.user.commit('one', { 'a/b': '1\n', c: '2\n', d: Buffer.from([0, 1]) });
  const two = await rig.user.commit('two', { 'a/b': `${'1\n'.repeat(50)}`, d: Buffer.from([0, 2]) });
  await rig.import();
  const ref = 'refs/gas-town/work/1.1';
  expect(await store.moveRef(ref, one, null)).toBe(true);
  expect(await store.moveRef(ref, two, null)).toBe(false);
  expect(await store.moveRef(ref, two, one)).toBe(true);
  expect(await store.resolve(ref)).toBe(two);
  await store.deleteRef(ref);
  await store.deleteRef(ref);
  expect(await store.resolve(ref)).toBeNull();
  expect(await store.isAncestor(one, two)).toBe(true);
  expect(await store.isAncestor(two, one)).toBe(false);
  expect(await store.treeOf(one)).toBe(await rig.user.git('rev-parse', `${one}^{tree}`));
  expect(await store.readFile(one, 'a/b', 100)).toEqual(Buffer.from('1\n'));
  expect(await store.readFile(two, 'a/b', 10)).toEqual(Buffer.from('1\n1\n1\n1\n1\n'));
  expect(await store.readFile(one, 'a', 10)).toBeNull();
  expect(await store.readFile(one, 'no\nsuch', 10)).toBeNull();
  expect(await store.listFiles(one, '', { recursive: false, limit: 10 })).toEqual(['a/', 'c', 'd']);
  expect(await store.listFiles(one, 'a', { recursive: true, limit: 10 })).toEqual(['a/b']);
  expect(await store.listFiles(one, 'nowhere', { recursive: true, limit: 10 })).toEqual([]);
  expect(await store.changedPaths(one, two)).toEqual([
    { path: 'a/b', added: 49, removed: 0 },
    { path: 'd', added: null, removed: null },
  ]);
  const whole = await store.diff(one, two, { maxBytes: 1e6 });
  expect(whole).toMatchObject({ truncated: false, text: expect.stringContaining('+1\n') });
  expect(await store.diff(one, two, { maxBytes: 20 })).toEqual({
    truncated: true,
    text: whole.text.slice(0, 20),
  });
});

test('the same commit request gives the same id, as a person would read it', async () => {
  const rig = await rigUnderTest();
  const parent = await rig.user.commit('base', { a: '1' });
  await rig.import();
  const author = {
    name: 'Gas Town',
    email: 'gas-town@users.noreply.github.com',
    at: '2026-02-03T04:05:06.789Z',
  };
  const tree = await rig.store.treeOf(parent);
  const request = { tree, parents: [parent], message: 'Title\n\nBead: 1.2\n', author };
  expect(await rig.store.commitTree(request)).toBe(await rig.store.commitTree(request));
});
