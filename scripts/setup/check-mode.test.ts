import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { repositoryRoot } from '../repository-root.js';

const run = promisify(execFile);

/** A copy of what set-up reads, without dependencies. */
async function checkoutWithoutDependencies() {
  const folder = await mkdtemp(path.join(tmpdir(), 'gas-town-check-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const files = await run('git', ['ls-files'], { cwd: repositoryRoot });
  const wanted = files.stdout
    .split('\n')
    .filter((file) => /^(bin|docker|scripts)\/|^(Dockerfile|package)/.test(file));
  for (const file of wanted)
    await cp(path.join(repositoryRoot, file), path.join(folder, file), { recursive: true });
  await mkdir(path.join(folder, 'src'));
  return folder;
}

const everythingIn = async (folder: string) => (await readdir(folder, { recursive: true })).sort();

test('GASTOWN_SETUP=check changes nothing, tells what is missing, and says so by its status', async () => {
  const checkout = await checkoutWithoutDependencies();
  const state = path.join(checkout, 'state');
  const before = await everythingIn(checkout);
  const env = { ...process.env, GASTOWN_SETUP: 'check', GASTOWN_STATE: state };
  const check = run(process.execPath, [path.join(checkout, 'scripts', 'setup.js')], { env });
  const { code, stdout } = await check.then(
    () => expect.fail('there are no dependencies, so the check must not pass'),
    (error) => error,
  );
  expect(code).toBe(10);
  expect(stdout).toMatch(/dependencies missing: would install \d+ packages/);
  expect(stdout).toMatch(/node +missing: would put Node 24 into node_modules/);
  expect(await everythingIn(checkout)).toEqual(before);
});
