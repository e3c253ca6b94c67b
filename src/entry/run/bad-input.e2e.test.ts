import { cp, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startGastown } from '../../testing/gastown/gastown-process.ts';
import { type RunUnderTest, runUnderTest, task } from '../../testing/gastown/run-under-test.ts';
import { temporaryFolder } from '../../testing/git/temporary-folder.ts';
import { userRepository } from '../../testing/git/user-repository.ts';

const noWords = { parts: [] };

/** Ends with this status and one sentence that matches, prints nothing else, and makes nothing. */
async function expectRefusal(
  run: RunUnderTest,
  { args = [], env = {} }: { args?: readonly string[]; env?: NodeJS.ProcessEnv },
  status: number,
  sentence: RegExp,
): Promise<void> {
  const { code, lines, said } = await run.startIn({ ...run.env, ...env }, ...args).ended;
  expect(said.trim()).toMatch(sentence);
  expect(said.trim().split('\n')).toHaveLength(1);
  expect(said).not.toMatch(/^\s+at /m);
  expect(lines).toEqual([]);
  expect(code).toBe(status);
  expect(run.model.requests()).toBe(0);
}

const right = { OPENAI_API_KEY: 'the right one' };

test.each([
  [
    'no Docker engine',
    { env: { DOCKER_HOST: 'unix:///no/such.sock', ...right } },
    5,
    /engine does not answer.*DOCKER_HOST/,
  ],
  ['no key', { env: { OPENAI_API_KEY: '' } }, 6, /No model key is set: export OPENAI_API_KEY/],
  ['a wrong key', { env: { OPENAI_API_KEY: 'a wrong one' } }, 7, /key/],
  ['an unknown model', { env: right, args: ['--model', 'polecat=no-such-model'] }, 8, /no-such-model/],
  ['no model endpoint', { env: { ...right, OPENAI_BASE_URL: 'http://127.0.0.1:9' } }, 20, /127\.0\.0\.1:9/],
  ['an unknown image', { env: right, args: ['--image', 'no-such-image:1'] }, 5, /no image no-such-image:1/],
  ['no git', { env: { ...right, PATH: '/no/such/folder' } }, 4, /git was not found/],
  ['an unknown flag', { env: right, args: ['--no-such-flag'] }, 2, /--no-such-flag/],
] as const)(
  '%s is told in a sentence, and the workspace is not even made',
  async (_, wrong, status, sentence) => {
    const run = await runUnderTest(noWords, { apiKey: 'the right one' });
    await expectRefusal(run, wrong, status, sentence);
    expect(await readdir(join(run.workspace, '..'))).toEqual([]);
  },
);

test('a workspace that can not be used is told why, and stays as it was', async () => {
  const run = await runUnderTest(noWords);
  await writeFile(run.workspace, 'a file\n');
  await expectRefusal(run, {}, 3, /is a file: name a folder/);

  const inside = await runUnderTest(noWords);
  const person = await userRepository(join(inside.workspace, '..'));
  await person.commit('Begin', { 'workspace/a.txt': 'a\n' });
  await expectRefusal(inside, {}, 3, /lies inside the repository/);
  expect(await readdir(inside.workspace)).toEqual(['a.txt']);

  const dirty = await runUnderTest(noWords);
  const other = await userRepository(dirty.workspace);
  await other.commit('Begin', { 'a.txt': 'a\n' });
  await writeFile(join(dirty.workspace, 'a.txt'), 'b\n');
  await expectRefusal(dirty, {}, 3, /uncommitted changes \(a\.txt\).*--allow-dirty/);
  expect((await readdir(dirty.workspace)).toSorted()).toEqual(['.git', 'a.txt']);
});

test('a workspace that can not be written is told so', async () => {
  const run = await runUnderTest(noWords);
  // Where nobody can make a folder, not even root.
  const { code, said } = await startGastown(
    ['run', task, '--workspace', '/proc/workspace', ...run.models],
    run.env,
  ).ended;
  expect(said.trim()).toMatch(/^gastown: \/proc\/workspace can't be written: .*$/);
  expect(code).toBe(3);
});

test('a role file with a mistake is told with its file and place, before anything is made', async () => {
  const run = await runUnderTest(noWords);
  const checkout = fileURLToPath(new URL('../../..', import.meta.url));
  const copy = await temporaryFolder();
  for (const part of ['bin', 'src', 'scripts', 'package.json', 'roles']) {
    await cp(join(checkout, part), join(copy, part), { recursive: true });
  }
  await symlink(join(checkout, 'node_modules'), join(copy, 'node_modules'));
  const file = join(copy, 'roles', 'polecat.toml');
  const role = await readFile(file, 'utf8');
  await writeFile(file, role.replace(/^name = .*$/m, 'name = 7'));
  const { code, said } = await startGastown(
    ['run', task, '--workspace', run.workspace],
    run.env,
    join(copy, 'bin', 'gastown'),
  ).ended;
  expect(said.trim()).toMatch(/^gastown: .*polecat\.toml.*name.*$/);
  expect(code).toBe(9);
  expect(await readdir(join(run.workspace, '..'))).toEqual([]);
});
