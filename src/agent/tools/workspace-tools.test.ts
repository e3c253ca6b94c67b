import { describe, expect, onTestFinished, test } from 'vitest';
import { localWorkspace } from '../../testing/local-workspace.ts';
import { readCall } from '../answer-call.ts';
import { workspaceTools } from './workspace-tools.ts';

async function workspace(files: Record<string, string> = {}) {
  const place = await localWorkspace(files);
  onTestFinished(() => place.remove());
  const tools = workspaceTools(place);
  /** Calls a tool as a session does: by its JSON. */
  const use = async (name: string, args: object) => {
    const read = readCall({ id: 'c', name, arguments: JSON.stringify(args) }, tools);
    const context = { session: 's', callId: 'c', signal: new AbortController().signal };
    const outcome = read.status === 'ready' ? await read.run(context) : read.outcome;
    if (outcome.kind !== 'answer') throw new Error(`not an answer: ${outcome.kind}`);
    return { text: outcome.text, failed: outcome.failed === true };
  };
  const contentOf = async (path: string) => (await use('read_file', { path })).text;
  return { use, contentOf };
}

const lines = (count: number) => Array.from({ length: count }, (_, at) => `line ${at + 1}`).join('\n');

describe('read_file', () => {
  test('gives a file whole, or some of its lines', async () => {
    const { use } = await workspace({ 'a.txt': `${lines(9)}\n`, 'empty.txt': '' });
    expect((await use('read_file', { path: 'a.txt' })).text).toBe(lines(9));
    expect((await use('read_file', { path: 'a.txt', from_line: 3, to_line: 4 })).text).toBe(
      'line 3\nline 4\n[lines 3 to 4 of 9]',
    );
    expect((await use('read_file', { path: 'empty.txt' })).text).toBe('(empty file)');
  });

  test('says where a long file goes on', async () => {
    const { use } = await workspace({ 'long.txt': lines(20_000) });
    const first = await use('read_file', { path: 'long.txt' });
    expect(first.text.length).toBeLessThanOrEqual(32_768);
    const last = Number(/\[lines 1 to (\d+) of 20000\]$/.exec(first.text)?.[1]);
    expect((await use('read_file', { path: 'long.txt', from_line: last + 1 })).text).toMatch(
      new RegExp(`^line ${last + 1}\n`),
    );
  });

  test('says what it can not read', async () => {
    const { use } = await workspace({ 'dir/x.bin': 'a\0b' });
    expect(await use('read_file', { path: 'none' })).toEqual({
      text: 'There is no file none.',
      failed: true,
    });
    expect((await use('read_file', { path: 'dir' })).text).toContain('is a folder');
    expect((await use('read_file', { path: 'dir/x.bin' })).text).toBe(
      'dir/x.bin is not text: 3 bytes, which begin with 610062',
    );
    expect((await use('read_file', { path: '../outside' })).failed).toBe(true);
  });
});

describe('patch_file with exact text', () => {
  test('replaces what stands there once', async () => {
    const { use, contentOf } = await workspace({ 'a.py': 'def f():\n    return 1\n' });
    expect((await use('patch_file', { path: 'a.py', old: 'return 1', new: 'return 2' })).failed).toBe(false);
    expect(await contentOf('a.py')).toBe('def f():\n    return 2');
  });

  test('refuses what stands there twice and says where, unless all are meant', async () => {
    const { use, contentOf } = await workspace({ 'a.txt': 'x\ny\nx\n' });
    const refused = await use('patch_file', { path: 'a.txt', old: 'x', new: 'z' });
    expect(refused).toMatchObject({ failed: true, text: expect.stringContaining('2 times, at lines 1, 3') });
    expect((await use('patch_file', { path: 'a.txt', old: 'x', new: 'z', all: true })).text).toContain(
      '2 places',
    );
    expect(await contentOf('a.txt')).toBe('z\ny\nz');
  });

  test('refuses what is not there and shows what is nearly it', async () => {
    const { use } = await workspace({
      'a.py': 'import os\n\nclass A:\n    def f(self):\n        return 1\n',
    });
    const refused = await use('patch_file', { path: 'a.py', old: 'def f(self):\n    return 1\n', new: '' });
    expect(refused.failed).toBe(true);
    expect(refused.text).toContain('Near line 4 (only blanks differ):\n    def f(self):\n        return 1');
  });

  test('keeps the line ends that a file has', async () => {
    const { use, contentOf } = await workspace({ 'w.txt': 'a\r\nb\r\nc\r\n' });
    await use('patch_file', { path: 'w.txt', old: 'a\nb\n', new: 'a\nB\n' });
    expect(await contentOf('w.txt')).toBe('a\r\nB\r\nc\r');
  });

  test('does two changes of one file in one reply one after the other', async () => {
    const { use, contentOf } = await workspace({ 'a.txt': 'one\ntwo\n' });
    await Promise.all([
      use('patch_file', { path: 'a.txt', old: 'one', new: '1' }),
      use('patch_file', { path: './a.txt', old: 'two', new: '2' }),
    ]);
    expect(await contentOf('a.txt')).toBe('1\n2');
  });
});

describe('patch_file with a unified diff', () => {
  const file = lines(12);

  test('applies it, wrong line numbers and counts notwithstanding', async () => {
    const { use, contentOf } = await workspace({ 'a.txt': `${file}\n` });
    const diff = '--- a/a.txt\n+++ b/a.txt\n@@ -1,99 +1,2 @@\n line 4\n-line 5\n+line five\n line 6\n';
    expect(await use('patch_file', { path: 'a.txt', diff })).toMatchObject({ failed: false });
    expect(await contentOf('a.txt')).toBe(file.replace('line 5', 'line five'));
  });

  test('applies several hunks, with empty context lines that lost their blank', async () => {
    const { use, contentOf } = await workspace({ 'a.txt': 'a\n\nb\nc\nd\ne\n\nf\n' });
    const diff = '@@ -1,3 +1,3 @@\n-a\n+A\n\n b\n@@ -6,3 +6,3 @@\n e\n\n-f\n+F';
    expect((await use('patch_file', { path: 'a.txt', diff })).text).toContain('2 places');
    expect(await contentOf('a.txt')).toBe('A\n\nb\nc\nd\ne\n\nF');
  });

  test('refuses one whose context is not there, and changes nothing', async () => {
    const { use, contentOf } = await workspace({ 'a.txt': `${file}\n` });
    const diff = '@@ -4,3 +4,3 @@\n line four\n-line 5\n+line five\n line 6\n';
    const refused = await use('patch_file', { path: 'a.txt', diff });
    expect(refused.failed).toBe(true);
    expect(refused.text).toContain("Hunk 1 doesn't fit");
    expect(refused.text).toContain('Near line 4');
    expect(await contentOf('a.txt')).toBe(file);
  });

  test('refuses what is no diff', async () => {
    const { use } = await workspace({ 'a.txt': 'a' });
    expect((await use('patch_file', { path: 'a.txt', diff: 'just words' })).text).toContain('no hunk');
    expect((await use('patch_file', { path: 'a.txt' })).text).toContain('Give either');
  });
});

describe('list_files and search_files', () => {
  const files = { 'src/a.ts': 'const a = 1;\n', 'src/deep/b.ts': 'const b = a;\n', 'README.md': 'Const\n' };

  test('list a tree, a folder, a glob', async () => {
    const { use } = await workspace({ ...files, 'node_modules/x/index.js': 'x' });
    expect((await use('list_files', {})).text).toBe('src/\n  deep/\n    b.ts\n  a.ts\nREADME.md');
    expect((await use('list_files', { folder: 'src/deep/' })).text).toContain('b.ts');
    expect((await use('list_files', { glob: '*.md' })).text).toBe('README.md');
    expect((await use('list_files', { glob: 'src/*.ts' })).text).toBe('src/\n  a.ts');
    expect((await use('list_files', { folder: 'none' })).failed).toBe(true);
    expect((await use('list_files', { glob: '*.rs' })).text).toBe('(no files)');
  });

  test('a large tree is folded', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 400 }, (_, at) => [`pkg/${at % 4}/f${at}.txt`, 'x']),
    );
    const { use } = await workspace(many);
    expect((await use('list_files', {})).text).toBe(
      'pkg/\n  0/ (100 files)\n  1/ (100 files)\n  2/ (100 files)\n  3/ (100 files)',
    );
  });

  test('find lines by a regular expression', async () => {
    const { use } = await workspace(files);
    expect((await use('search_files', { pattern: 'const [ab]' })).text).toBe(
      'src/a.ts\n  1: const a = 1;\nsrc/deep/b.ts\n  1: const b = a;',
    );
    const ignoring = await use('search_files', { pattern: 'CONST', ignore_case: true, glob: '*.md' });
    expect(ignoring.text).toBe('README.md\n  1: Const');
    expect((await use('search_files', { pattern: 'nowhere' })).text).toBe('(no match)');
    expect((await use('search_files', { pattern: "it's (" })).failed).toBe(true);
  });
});

// run_python is shown in the sandbox image, as a host need not have Python.
describe('shell and run_node', () => {
  test('tell output, errors and exit status', async () => {
    const { use } = await workspace();
    expect(await use('shell', { command: 'echo out; echo err >&2; exit 3' })).toEqual({
      text: 'out\n[stderr]\nerr\n[exit code: 3]',
      failed: true,
    });
    expect(await use('shell', { command: 'true' })).toEqual({ text: '(no output)', failed: false });
    expect((await use('run_node', { code: 'console.log(await Promise.resolve(42))' })).text).toBe('42');
  });

  test('cap what is too much, head and tail', async () => {
    const { use } = await workspace();
    const { text } = await use('shell', { command: 'echo first; seq 1 100000; echo last' });
    expect(text.length).toBeLessThan(32_768);
    expect(text).toMatch(/^first\n/);
    expect(text).toMatch(/bytes left out …\]/);
    expect(text).toMatch(/last$/);
  });

  test('end what takes too long', async () => {
    const { use } = await workspace();
    const ended = await use('shell', { command: 'echo begun; sleep 60', timeout_seconds: 1 });
    expect(ended).toEqual({
      text: 'begun\n[timed out after 1 s; all that it started was ended]',
      failed: true,
    });
  });
});
