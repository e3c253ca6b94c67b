import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SandboxesUnderTest, sandboxesUnderTest } from '../../testing/sandbox/sandboxes-under-test.ts';
import { readCall } from '../answer-call.ts';
import type { Workspace } from '../ports/workspace.ts';
import { workspaceTools } from './workspace-tools.ts';

let under: SandboxesUnderTest;
let workspace: Workspace;

beforeAll(async () => {
  under = await sandboxesUnderTest();
  const snapshot = await under.snapshot([
    { path: '.gitignore', content: 'built/\n*.log\n' },
    { path: 'src/a.ts', content: 'export const a = 1;\n' },
    { path: 'src/b.ts', content: "import { a } from './a.ts';\n" },
    { path: 'built/a.js', content: 'export const a = 1;\n' },
    { path: 'noise.log', content: 'a = 1\n' },
  ]);
  workspace = await under.start(snapshot);
});
afterAll(() => under.end());

async function use(name: string, args: object): Promise<{ text: string; failed: boolean }> {
  const read = readCall({ id: 'c', name, arguments: JSON.stringify(args) }, workspaceTools(workspace));
  const context = { session: 's', callId: 'c', signal: new AbortController().signal };
  const outcome = read.status === 'ready' ? await read.run(context) : read.outcome;
  if (outcome.kind !== 'answer') throw new Error(`not an answer: ${outcome.kind}`);
  return { text: outcome.text, failed: outcome.failed === true };
}

test('what .gitignore names is neither listed nor searched, whatever the glob', async () => {
  expect((await use('list_files', {})).text).toBe('src/\n  a.ts\n  b.ts\n.gitignore');
  expect((await use('list_files', { glob: '*.log' })).text).toBe('(no files)');
  expect((await use('search_files', { pattern: 'a = 1' })).text).toBe('src/a.ts\n  1: export const a = 1;');
  expect((await use('search_files', { pattern: 'a = 1', glob: '*.js' })).text).toBe('(no match)');
  expect((await use('search_files', { pattern: 'import', glob: 'src/*.ts' })).text).toContain('src/b.ts');
  expect(await use('search_files', { pattern: '(' })).toMatchObject({ failed: true });
});

test('a file is written, patched, read and run', async () => {
  expect((await use('write_file', { path: 'src/deep/c.py', content: 'print(1)\n' })).text).toContain(
    '1 lines',
  );
  expect((await use('patch_file', { path: 'src/deep/c.py', old: '(1)', new: '(2)' })).failed).toBe(false);
  expect((await use('read_file', { path: 'src/deep/c.py' })).text).toBe('print(2)');
  expect((await use('shell', { command: 'python3 src/deep/c.py && id -u' })).text).toMatch(/^2\n(?!0$)\d+$/);
  expect((await use('run_python', { code: 'import os; print(os.getcwd())' })).text).toBe('/workspace');
  expect((await use('run_node', { code: 'console.log(process.cwd())' })).text).toBe('/workspace');
});

test('the rest of an output that was too long can be read as a file', async () => {
  const { text } = await use('shell', { command: 'seq 1 20000' });
  const file = /all of it: read_file (\S+) …\]/.exec(text)?.[1] ?? '';
  expect((await use('read_file', { path: file, from_line: 9999, to_line: 10_000 })).text).toMatch(
    /^9999\n10000\n/,
  );
});

test('what does not belong to the agent can not be written', async () => {
  expect(await use('write_file', { path: '/etc/x', content: '' })).toMatchObject({ failed: true });
});
