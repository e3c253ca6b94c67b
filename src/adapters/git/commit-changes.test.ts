import { describe, expect, test } from 'vitest';
import { rigUnderTest } from '../../testing/git/rig-under-test.ts';
import type { Entry } from '../../testing/git/user-repository.ts';
import type { Change } from '../../town/ports/sandbox.ts';

const author = {
  name: 'Polecat <x>',
  email: 'gas-town@users.noreply.github.com',
  at: '2026-02-03T04:05:06.789Z',
};

const write = (path: string | Buffer, content: string | Buffer = 'x'): Change => ({
  kind: 'write',
  path: Buffer.from(path as string),
  mode: '100644',
  content: Buffer.from(content as string),
});
const link = (path: string, target: string): Change => ({
  kind: 'write',
  path: Buffer.from(path),
  mode: '120000',
  content: Buffer.from(target),
});
const remove = (path: string): Change => ({ kind: 'delete', path: Buffer.from(path) });

async function committed(base: Readonly<Record<string, Entry>>, changes: readonly Change[]) {
  const rig = await rigUnderTest();
  const parent = await rig.user.commit('base', base);
  await rig.import();
  const result = await rig.store.commitChanges({
    parent,
    changes,
    message: 'Does it\n\nWith a body',
    author,
  });
  const commit = result.status === 'committed' ? result.commit : parent;
  const files = await rig.store.listFiles(commit, '', { recursive: true, limit: 1000 });
  const raw = await rig.store.resolve(`${commit}^{commit}`);
  const refs = await rig.store.resolve('refs/gas-town/import');
  return { result, files, raw, refs };
}

describe('changes on top of a parent', () => {
  test('are written, changed and removed, and counted', async () => {
    const { result, files, refs } = await committed({ a: '1', b: '2', 'c/d': '3', 'c/e': '4' }, [
      write('a', 'new'),
      write('f/g'),
      remove('b'),
      remove('c'),
      remove('never/was'),
    ]);
    expect(result).toMatchObject({ status: 'committed', files: 5, refused: [] });
    expect(files).toEqual(['a', 'f/g']);
    expect(refs).toBeNull();
  });

  test('that change nothing make no commit', async () => {
    const { result } = await committed({ a: '1' }, [write('a', '1'), remove('nothing')]);
    expect(result).toEqual({ status: 'unchanged', refused: [] });
  });

  test('may turn a file into a folder and a folder into a file', async () => {
    const { files } = await committed({ a: '1', 'b/c': '2' }, [
      write('a/x'),
      remove('a'),
      write('b'),
      remove('b/c'),
    ]);
    expect(files).toEqual(['a/x', 'b']);
  });

  test('may change the case of a name', async () => {
    const { result, files } = await committed({ Readme: '1' }, [remove('Readme'), write('readme')]);
    expect(result.refused).toEqual([]);
    expect(files).toEqual(['readme']);
  });

  test('may touch and remove what the repository already spells strangely', async () => {
    const { result } = await committed({ 'a\\b': '1', 'line\nbreak': '1', 'quo"te': '1' }, [
      write('a\\b', '2'),
      remove('line\nbreak'),
      write('quo"te', '2'),
    ]);
    expect(result).toMatchObject({ status: 'committed', files: 3, refused: [] });
  });

  test('give the same commit for the same request', async () => {
    const changes = [write('b'), write('a')];
    const [first, second] = [await committed({ z: '' }, changes), await committed({ z: '' }, changes)];
    expect(first.raw).toBe(second.raw);
  });
});

describe('a path is refused by name', () => {
  const cases: readonly [string, Change, string][] = [
    ['climbing out', write('../x'), 'not-a-plain-path'],
    ['climbing inside', write('a/../x'), 'not-a-plain-path'],
    ['a dot', write('a/./x'), 'not-a-plain-path'],
    ['an empty part', write('a//x'), 'not-a-plain-path'],
    ['absolute', write('/etc/passwd'), 'absolute-path'],
    ['empty', write(''), 'empty-path'],
    ["git's folder", write('.git/hooks/post-checkout'), 'dot-git'],
    ['in capitals', write('a/.GIT/config'), 'dot-git'],
    ['by its short name', write('GIT~1/config'), 'dot-git'],
    ['with dots and spaces behind', write('.git. ./config'), 'dot-git'],
    ['by a data stream', write('.git::$INDEX_ALLOCATION/config'), 'dot-git'],
    ['with a sign that HFS+ drops', write('.g\u200cit/config'), 'dot-git'],
    ['backslash', write('a\\..\\b'), 'backslash'],
    ['line break', write('a\nb'), 'control-character'],
    ['escape sign', write('a\u001b[2J'), 'control-character'],
    ['zero byte', write('a\0b'), 'control-character'],
    ['name too long', write('n'.repeat(256)), 'name-too-long'],
    ['path too long', write('n/'.repeat(2100)), 'not-a-plain-path'],
    ['path too long in parts', write(`${'n/'.repeat(2100)}n`), 'path-too-long'],
    ['another case of a file', write('KEPT'), 'name-collision'],
    ['another case of a folder', write('Folder/new'), 'name-collision'],
    ['another Unicode form', write('e\u0301'), 'name-collision'],
    ['below a file', write('kept/x'), 'file-and-folder'],
    ['a file over a folder', write('folder'), 'file-and-folder'],
    ['absolute link', link('l', '/etc/passwd'), 'link-target-absolute'],
    ['drive letter', link('l', 'C:\\x'), 'link-target-absolute'],
    ['link out of the tree', link('a/l', '../../x'), 'link-target-outside'],
    ['link that winds', link('a/b/l', 'c/../../../x'), 'link-target-winding'],
    ["link into git's folder", link('l', '.Git/config'), 'link-target-dot-git'],
    ['link that git reads', link('.gitattributes', 'kept'), 'link-read-by-git'],
    ['a folder where git reads a file', write('.gitmodules/x'), 'folder-read-by-git'],
    ['empty link', link('l', ''), 'link-target-invalid'],
  ];
  test.each(cases)('%s', async (_, change, rule) => {
    const { result, files } = await committed({ kept: '1', 'folder/old': '1', é: '1' }, [
      change,
      write('fine'),
    ]);
    expect(result.refused.map((refused) => refused.rule)).toEqual([rule]);
    expect(files).toHaveLength(4);
    expect(result).toMatchObject({ status: 'committed', files: 1 });
  });

  test('links inside the tree are kept', async () => {
    const { result } = await committed({ kept: '1' }, [link('l', 'kept'), link('a/b/l', '../../kept')]);
    expect(result).toMatchObject({ files: 2, refused: [] });
  });

  test('of two new names that collide, one stays', async () => {
    const { result, files } = await committed({ z: '' }, [write('B'), write('b'), write('x'), write('x/y')]);
    expect(files).toEqual(['B', 'z']);
    expect(result.refused).toEqual([
      { path: 'x', rule: 'file-and-folder' },
      { path: 'x/y', rule: 'file-and-folder' },
      { path: 'b', rule: 'name-collision' },
    ]);
  });
});
