import { describe, expect, test } from 'vitest';
import { readTar, type TarEntry } from '../../testing/git/read-tar.ts';
import { type RigUnderTest, rigUnderTest, testTime } from '../../testing/git/rig-under-test.ts';
import type { Change } from '../../town/ports/sandbox.ts';

const author = { name: 'Gas Town', email: 'gas-town@users.noreply.github.com', at: '2026-02-03T04:05:06Z' };

/** Every file of a tar as a change, the way it would come out of a container that did nothing. */
function asChanges(entries: readonly TarEntry[]): Change[] {
  return entries
    .filter(({ header }) => header.type !== 'directory')
    .map(({ header, content }) => ({
      kind: 'write',
      path: Buffer.from(header.name, 'latin1'),
      mode: header.type === 'symlink' ? '120000' : (header.mode ?? 0) & 0o100 ? '100755' : '100644',
      content: header.type === 'symlink' ? Buffer.from(header.linkname ?? '', 'latin1') : content,
    }));
}

/** The tree that results from packing `commit` and writing all that came out onto an empty parent. */
async function roundTrip(rig: RigUnderTest, commit: string): Promise<string> {
  const entries = await readTar(rig.store.pack(await rig.store.treeOf(commit)));
  await rig.user.git('checkout', '--quiet', '--orphan', 'empty');
  await rig.user.git('read-tree', '--empty');
  await rig.user.git('commit', '--quiet', '--allow-empty', '-m', 'empty');
  const parent = await rig.user.git('rev-parse', 'HEAD');
  await rig.import();
  const result = await rig.store.commitChanges({ parent, changes: asChanges(entries), message: 'm', author });
  if (result.status !== 'committed') throw new Error('nothing was committed');
  expect(result.refused).toEqual([]);
  return result.tree;
}

const hostile = [
  '* text=auto eol=crlf ident',
  'dropped export-ignore',
  'subst export-subst',
  'lfs filter=lfs diff=lfs merge=lfs -text',
  'utf16 working-tree-encoding=UTF-16',
  'legacy crlf=input',
];

describe('a tree that is packed and taken back untouched', () => {
  test('keeps its id whatever its attributes ask for', async () => {
    const rig = await rigUnderTest();
    const commit = await rig.user.commit('base', {
      dropped: 'not dropped\n',
      subst: '$Format:%H$\n',
      identified: '$Id$\n',
      crlf: 'a\r\nb\n',
      legacy: 'a\r\n',
      lfs: 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n',
      utf16: 'plain\n',
      binary: Buffer.from([0, 13, 10, 255]),
      'run.sh': { executable: '#!/bin/sh\n' },
      'deep/er/link': { link: '../../run.sh' },
    });
    // The attributes come in a commit of the store's own: the user's git would rewrite the bytes above.
    await rig.import();
    const result = await rig.store.commitChanges({
      parent: commit,
      changes: [
        {
          kind: 'write',
          path: Buffer.from('.gitattributes'),
          mode: '100644',
          content: Buffer.from(hostile.join('\n')),
        },
      ],
      message: 'attributes',
      author,
    });
    if (result.status !== 'committed') throw new Error('nothing was committed');
    expect(await roundTrip(rig, result.commit)).toBe(result.tree);
  });

  test('keeps names that are not UTF-8, long names and empty files', async () => {
    const rig = await rigUnderTest();
    const odd = Buffer.concat([Buffer.from('caf'), Buffer.from([0xe9])]);
    const base = await rig.user.commit('base', { [`${'d'.repeat(120)}/${'f'.repeat(180)}`]: '', é: 'x' });
    await rig.import();
    const result = await rig.store.commitChanges({
      parent: base,
      changes: [{ kind: 'write', path: odd, mode: '100644', content: Buffer.from('latin1 name') }],
      message: 'odd',
      author,
    });
    if (result.status !== 'committed') throw new Error('nothing was committed');
    expect(await roundTrip(rig, result.commit)).toBe(result.tree);
  });
});

test('everything belongs to the sandbox user and is dated by the given clock', async () => {
  const rig = await rigUnderTest();
  const commit = await rig.user.commit('base', { 'a/b': 'x', l: { link: 'a/b' }, big: 'y'.repeat(100_000) });
  await rig.import();
  const entries = await readTar(rig.store.pack(await rig.store.treeOf(commit)));
  expect(entries.map(({ header }) => header.name)).toEqual(['a/', 'a/b', 'big', 'l']);
  for (const { header } of entries) {
    expect({ uid: header.uid, gid: header.gid, mtime: header.mtime?.getTime() }).toEqual({
      uid: 1000,
      gid: 1000,
      mtime: testTime,
    });
  }
});

test('a submodule is an empty folder, and survives a change beside it', async () => {
  const rig = await rigUnderTest();
  await rig.user.commit('base', { a: 'x' });
  await rig.user.git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},sub`);
  await rig.user.git('commit', '--quiet', '-m', 'sub');
  const parent = await rig.user.git('rev-parse', 'HEAD');
  await rig.import();
  const entries = await readTar(rig.store.pack(await rig.store.treeOf(parent)));
  expect(entries.map(({ header }) => header.name)).toEqual(['a', 'sub/']);
  const write = (path: string): Change => ({
    kind: 'write',
    path: Buffer.from(path),
    mode: '100644',
    content: Buffer.from('new'),
  });
  const result = await rig.store.commitChanges({
    parent,
    changes: [write('b'), write('sub/inner'), { kind: 'delete', path: Buffer.from('sub') }],
    message: 'beside',
    author,
  });
  expect(result).toMatchObject({
    status: 'committed',
    files: 1,
    refused: [
      { path: 'sub/inner', rule: 'submodule' },
      { path: 'sub', rule: 'submodule' },
    ],
  });
});

test('the difference of two trees turns one into the other', async () => {
  const rig = await rigUnderTest();
  const from = await rig.user.commit('from', { same: '1', changed: '1', gone: '1', file: '1', 'dir/x': '1' });
  const to = await rig.user.commit('to', {
    changed: '2',
    gone: null,
    file: null,
    'file/now/folder': '2',
    dir: null,
    new: { executable: '2' },
  });
  const back = await rig.user.commit('back', { dir: 'a file now' });
  await rig.import();
  const there = await rig.store.difference(from, to);
  expect(there.deleted.map(String).sort()).toEqual(['dir/x', 'file', 'gone']);
  const names = async (files: Parameters<typeof readTar>[0]): Promise<string[]> =>
    (await readTar(files)).map(({ header }) => header.name);
  expect(await names(there.files())).toEqual(['changed', 'file/', 'file/now/', 'file/now/folder', 'new']);
  const folderToFile = await rig.store.difference(from, back);
  expect(folderToFile.deleted.map(String)).toContain('dir/x');
  expect(await names(folderToFile.files())).toContain('dir');
});

test('a tree that is not there fails the stream instead of ending it', async () => {
  const rig = await rigUnderTest();
  await expect(readTar(rig.store.pack('0'.repeat(40)))).rejects.toMatchObject({ name: 'GitFailed' });
});

test('a stream that is dropped half way ends its git', async () => {
  const rig = await rigUnderTest();
  const commit = await rig.user.commit('base', { big: 'y'.repeat(10_000_000) });
  await rig.import();
  const stream = rig.store.pack(await rig.store.treeOf(commit));
  await new Promise<void>((resolve) => {
    stream.once('data', () => resolve());
  });
  stream.destroy();
  await new Promise<void>((resolve) => {
    stream.once('close', () => resolve());
  });
  expect(stream.destroyed).toBe(true);
});
