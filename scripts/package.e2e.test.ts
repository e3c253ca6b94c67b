import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { containerOutput } from '../src/testing/container-output.ts';
import { rigImage } from '../src/testing/engine.ts';
import { repositoryRoot } from './repository-root.js';

const run = promisify(execFile);
const bin = (name: string) => path.join(repositoryRoot, 'node_modules', '.bin', name);
// What the checkout was installed with lies in npm's cache: the registry is asked only for what does not.
const quietly = ['--prefer-offline', '--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund'];

let folder: string;
let archive: string;
let home: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gt-package-'));
  const checkout = path.join(folder, 'checkout');
  const { stdout } = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: repositoryRoot,
    maxBuffer: 2 ** 24,
  });
  for (const file of stdout.split('\0').filter(Boolean))
    await cp(path.join(repositoryRoot, file), path.join(checkout, file));
  await symlink(path.join(repositoryRoot, 'node_modules'), path.join(checkout, 'node_modules'));
  await run('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: checkout });
  expect(await readdir(checkout)).not.toContain('npm-shrinkwrap.json');
  archive = path.join(folder, (await readdir(folder)).find((file) => file.endsWith('.tgz')) ?? '');
  home = path.join(folder, 'home');
  await mkdir(home);
  await writeFile(path.join(home, 'package.json'), '{"private":true}');
  await run('npm', ['install', ...quietly, archive], { cwd: home });
}, 240_000);
afterAll(() => rm(folder, { recursive: true }));

const gastown = async (...args: readonly string[]) => {
  const env = { PATH: process.env.PATH, HOME: home };
  return run(path.join(home, 'node_modules', '.bin', 'gastown'), args, { cwd: home, env }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error) => ({ code: error.code, stdout: error.stdout, stderr: error.stderr }),
  );
};

describe('the packed package', () => {
  test('holds what runs, and neither source nor tests', async () => {
    const { stdout } = await run('tar', ['--list', '--file', archive], { maxBuffer: 2 ** 24 });
    const files = stdout.split('\n').map((line) => line.replace(/^package\//, ''));
    expect(files).toEqual(
      expect.arrayContaining(['bin/gastown', 'dist/entry/cli.js', 'roles/mayor.toml', 'npm-shrinkwrap.json']),
    );
    expect(
      files.filter((file) => /\.test\.|\.d\.ts$|\.map$|^(src|bench|chaos|demo|docs)\//.test(file)),
    ).toEqual([]);
  });

  test('has nothing that publint or are-the-types-wrong find fault with', async () => {
    expect((await run(bin('publint'), ['run', archive, '--strict'])).stdout).toContain('All good!');
    // A program and no library: nothing of it can be imported, so it carries no types.
    const { stdout } = await run(bin('attw'), [archive, '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ analysis: { types: false } });
  });

  test('installs in an empty folder and runs there', async () => {
    const version = await gastown('--version');
    expect(version).toMatchObject({ code: 0, stderr: '' });
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect((await gastown('--help')).stdout).toContain('Usage: gastown [options] [command]');
  });

  test('refuses an order without a key for a model in one sentence, and leaves nothing', async () => {
    const workspace = path.join(home, 'workspace');
    await run('git', ['init', '--quiet', workspace]);
    const before = await readdir(workspace);
    const refusal = await gastown('run', 'Lay a stone.', '--workspace', workspace);
    expect(refusal.code).toBe(6);
    expect(refusal.stderr).toMatch(/^gastown: No model key is set: .+\n$/);
    expect(await readdir(workspace)).toEqual(before);
  });

  test('runs in a fresh container that has Node and nothing else of ours', async () => {
    const script =
      '/package/node_modules/.bin/gastown --version && /package/node_modules/.bin/gastown ledger show';
    const { status, text: said } = await containerOutput(rigImage, script, {
      HostConfig: { AutoRemove: true, NetworkMode: 'none', Binds: [`${home}:/package:ro`] },
    });
    expect(said).toMatch(/^\d+\.\d+\.\d+\r\ngastown: There is no ledger at /);
    expect(status).not.toBe(0);
  });
});
