import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { repositoryRoot } from './repository-root.js';
import { requireSpace } from './setup/require-space.js';

const run = promisify(execFile);

/** An engine that is not there makes set-up end before the program, with the same status on every machine. */
async function demoWithoutEngine(...args: string[]) {
  const env = { ...process.env, DOCKER_HOST: 'unix:///nowhere/docker.sock' };
  const demo = run(process.execPath, [path.join(repositoryRoot, 'scripts', 'demo.js'), ...args], { env });
  return await demo.catch((error) => error as { code: number; stdout: string; stderr: string });
}

test('with --json, standard output is left to the program', async () => {
  const ended = await demoWithoutEngine('--scenario', 'rate-limiter', '--json');
  expect(ended).toMatchObject({ code: 13, stdout: '' });
  expect(ended.stderr).toMatch(/^set-up: engine +No Docker engine answers at DOCKER_HOST=.+\(ENOENT\)/m);
});

test('without it, progress is on standard output, and the program does not start', async () => {
  const ended = await demoWithoutEngine();
  expect(ended).toMatchObject({ code: 13, stderr: '' });
  expect(ended.stdout.trim().split('\n').at(-1)).toMatch(/^set-up: engine /);
});

test('a disk without room is refused before anything is written', () => {
  expect(() => requireSpace('image', tmpdir(), 0)).not.toThrow();
  const petabyte = 2 ** 20;
  expect(() => requireSpace('image', tmpdir(), petabyte)).toThrow(
    /^Less than 1048576 GiB free in .+: free some space/,
  );
});
