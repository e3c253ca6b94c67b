import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const execute = promisify(execFile);
const gastown = fileURLToPath(new URL('../../../../bin/gastown', import.meta.url));
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gas-town-completion-'));
  await mkdir(join(folder, 'my_project'));
  await symlink(gastown, join(folder, 'gastown'));
});
afterAll(() => rm(folder, { recursive: true }));

async function suggested(...words: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await execute(process.execPath, [gastown, 'complete', '--', ...words], { cwd: folder });
  return stdout.split('\n').flatMap((line) => (line.includes('\t') ? [line.split('\t')[0] ?? ''] : []));
}

test('commands, their options, and the values of options are suggested', async () => {
  expect(await suggested('')).toEqual(expect.arrayContaining(['run', 'watch', 'say', 'ledger']));
  expect(await suggested('wat')).toEqual(['watch']);
  expect(await suggested('ledger', 've')).toEqual(['verify']);
  expect(await suggested('run', '--work')).toEqual(['--workspace']);
  expect(await suggested('status', '--workspace', '')).toEqual(['.', 'my_project']);
  expect(await suggested('cost', '--by', '')).toEqual(['role', 'bead', 'model']);
});

test('bash completes by what it prints', async () => {
  const { stdout: script } = await execute(process.execPath, [gastown, 'completion', 'bash']);
  const asked = `${script}
_get_comp_words_by_ref() { cur=\${COMP_WORDS[COMP_CWORD]}; prev=\${COMP_WORDS[COMP_CWORD-1]}; words=("\${COMP_WORDS[@]}"); cword=$COMP_CWORD; }
COMP_WORDS=(gastown wat); COMP_CWORD=1; COMP_LINE='gastown wat'; COMP_POINT=11
$(complete -p gastown | sed 's/.*-F \\([^ ]*\\).*/\\1/')
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
  const { stdout } = await execute('bash', ['-c', asked], { env });
  expect(stdout.trim()).toMatch(/^watch\b/);
});

test.each(['zsh', 'fish'])('%s has a script of its own', async (shell) => {
  const { stdout } = await execute(process.execPath, [gastown, 'completion', shell]);
  expect(stdout).toContain('gastown complete --');
});
