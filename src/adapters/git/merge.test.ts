import { describe, expect, test } from 'vitest';
import { rigUnderTest } from '../../testing/git/rig-under-test.ts';
import type { Entry } from '../../testing/git/user-repository.ts';

type Files = Readonly<Record<string, Entry>>;

async function mergeOf(base: Files, ours: Files, theirs: Files) {
  const rig = await rigUnderTest();
  const start = await rig.user.commit('base', base);
  await rig.user.branch('ours', start);
  const left = await rig.user.commit('ours', ours);
  await rig.user.branch('theirs', start);
  const right = await rig.user.commit('theirs', theirs);
  await rig.import();
  const result = await rig.store.merge(left, right);
  const files = await rig.store.listFiles(result.tree, '', { recursive: true, limit: 100 });
  const texts = await Promise.all(
    files.map(async (path) =>
      Buffer.from((await rig.store.readFile(result.tree, path, 1e6)) ?? []).toString(),
    ),
  );
  return { result, files: Object.fromEntries(files.map((path, at) => [path, texts[at]])) };
}

async function conflictOf(base: Files, ours: Files, theirs: Files) {
  const { result, files } = await mergeOf(base, ours, theirs);
  if (result.status !== 'conflict') throw new Error('expected a conflict');
  const sides = result.paths.map(({ path, base: b, ours: o, theirs: t }) => [path, !!b, !!o, !!t]);
  return { sides, messages: result.messages, files };
}

const long = Array.from({ length: 40 }, (_, line) => `line ${line}\n`).join('');

describe('a merge without a working tree', () => {
  test('two changes that do not meet give one tree', async () => {
    const { result, files } = await mergeOf({ a: '1\n' }, { b: '2\n' }, { c: '3\n' });
    expect(result.status).toBe('clean');
    expect(files).toEqual({ a: '1\n', b: '2\n', c: '3\n' });
  });

  test('a rename on one side and an edit on the other are both kept', async () => {
    const { result, files } = await mergeOf({ a: long }, { a: null, b: long }, { a: `${long}more\n` });
    expect(result.status).toBe('clean');
    expect(files).toEqual({ b: `${long}more\n` });
  });

  test('the same line changed on both sides is a conflict, with markers and the base between them', async () => {
    const { sides, files, messages } = await conflictOf({ a: 'x\n' }, { a: 'ours\n' }, { a: 'theirs\n' });
    expect(sides).toEqual([['a', true, true, true]]);
    expect(messages).toContain('CONFLICT (content)');
    expect(files.a).toMatch(/^<{7} .*\nours\n\|{7} .*\nx\n={7}\ntheirs\n>{7} /);
  });

  test('both sides adding another file at one path', async () => {
    const { sides, messages } = await conflictOf({ z: '' }, { a: 'one\n' }, { a: 'two\n' });
    expect(sides).toEqual([['a', false, true, true]]);
    expect(messages).toContain('CONFLICT (add/add)');
  });

  test('deleted here, edited there', async () => {
    const { sides, messages } = await conflictOf({ a: 'x\n', z: '' }, { a: null }, { a: 'y\n' });
    expect(sides).toEqual([['a', true, false, true]]);
    expect(messages).toContain('CONFLICT (modify/delete)');
  });

  test('renamed to two names', async () => {
    const { sides, messages } = await conflictOf({ a: long }, { a: null, b: long }, { a: null, c: long });
    expect(sides).toEqual([
      ['a', true, false, false],
      ['b', false, true, false],
      ['c', false, false, true],
    ]);
    expect(messages).toContain('CONFLICT (rename/rename)');
  });

  test('a binary file changed on both sides leaves no marker', async () => {
    const binary = (tail: string): Uint8Array =>
      Buffer.concat([Buffer.from([0, 1, 2, 0]), Buffer.from(tail)]);
    const { sides, files, messages } = await conflictOf(
      { a: binary('x') },
      { a: binary('ours') },
      { a: binary('theirs') },
    );
    expect(sides).toEqual([['a', true, true, true]]);
    expect(messages).toContain('binary');
    expect(files.a).not.toContain('<<<<<<<');
  });

  test('a file here, a symbolic link there', async () => {
    const { messages, sides } = await conflictOf({ a: 'x\n', z: '' }, { a: 'y\n' }, { a: { link: 'z' } });
    expect(messages).toContain('CONFLICT (distinct types)');
    expect(sides.length).toBeGreaterThan(0);
  });

  test('a file here, a folder there', async () => {
    const { messages } = await conflictOf({ z: '' }, { a: 'file\n' }, { 'a/b': 'in a folder\n' });
    expect(messages).toContain('CONFLICT (file/directory)');
  });

  test('a mode changed on one side and the content on the other are both kept', async () => {
    const { result } = await mergeOf({ a: 'x\n' }, { a: { executable: 'x\n' } }, { a: 'y\n' });
    expect(result.status).toBe('clean');
  });

  test('a merge driver that a tree asks for is not used', async () => {
    const { result } = await mergeOf(
      { a: 'x\n', '.gitattributes': '* merge=union\n' },
      { a: 'ours\n' },
      { a: 'theirs\n' },
    );
    expect(result.status).toBe('conflict');
  });
});

test('submodules moved apart are a conflict', async () => {
  const rig = await rigUnderTest();
  const inner = ['1', '2', '3'].map((digit) => digit.repeat(40));
  const put = async (oid: string | undefined): Promise<string> => {
    await rig.user.git('update-index', '--add', '--cacheinfo', `160000,${oid},sub`);
    await rig.user.git('commit', '--quiet', '-m', 'sub');
    return rig.user.git('rev-parse', 'HEAD');
  };
  const base = await put(inner[0]);
  await rig.user.branch('ours', base);
  const ours = await put(inner[1]);
  await rig.user.branch('theirs', base);
  const theirs = await put(inner[2]);
  await rig.import();
  const result = await rig.store.merge(ours, theirs);
  expect(result).toMatchObject({
    status: 'conflict',
    paths: [{ path: 'sub', base: { mode: '160000' }, ours: { mode: '160000' }, theirs: { mode: '160000' } }],
  });
});
