import { execFile, spawn } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { installedNode, isNewEnough } from '../bin/project-node.js';
import { repositoryRoot } from './repository-root.js';

const run = promisify(execFile);

/** A package with the real `bin` and a program that does what `source` says, and the Node of this project beside it. */
async function packageWith(source: string, { node = true, folder = 'dist', file = 'cli.js' } = {}) {
  const root = await mkdtemp(path.join(tmpdir(), 'gt-bin-'));
  onTestFinished(() => rm(root, { recursive: true }));
  await cp(path.join(repositoryRoot, 'bin'), path.join(root, 'bin'), { recursive: true });
  await writeFile(path.join(root, 'package.json'), '{"type":"module"}');
  await mkdir(path.join(root, folder, 'entry'), { recursive: true });
  await writeFile(path.join(root, folder, 'entry', file), source);
  await mkdir(path.join(root, 'node_modules', '.bin'), { recursive: true });
  if (node) {
    await symlink(installedNode(repositoryRoot)?.path ?? '', path.join(root, 'node_modules', '.bin', 'node'));
  }
  return root;
}

/** An older Node's stand-in where the machine has none: this one, saying that it is another. */
async function oldNode() {
  const folder = await mkdtemp(path.join(tmpdir(), 'gt-old-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = path.join(folder, 'pretend.cjs');
  await writeFile(file, "Object.defineProperty(process.versions, 'node', { value: '20.11.0' });\n");
  const script = path.join(folder, 'node');
  await writeFile(script, `#!/bin/sh\nexec '${process.execPath}' --require '${file}' "$@"\n`);
  await chmod(script, 0o755);
  return folder;
}

const report =
  'console.log(JSON.stringify({ node: process.version, pretends: process.versions.node, args: process.argv.slice(2) }));';

test('an older Node hands over to the one beside the dependencies, through a link', async () => {
  const root = await packageWith(report);
  const link = path.join(root, 'node_modules', '.bin', 'gastown');
  await symlink('../../bin/gastown', link);
  const PATH = `${await oldNode()}:${process.env.PATH}`;
  const { stdout } = await run(link, ['run', 'a b'], { env: { ...process.env, PATH } });
  const seen = JSON.parse(stdout);
  expect(seen.args).toEqual(['run', 'a b']);
  expect(isNewEnough(seen.pretends)).toBe(true);
});

test('an older Node alone is told in one sentence', async () => {
  const root = await packageWith(report, { node: false });
  const PATH = `${await oldNode()}:${process.env.PATH}`;
  const failure = await run(path.join(root, 'bin', 'gastown'), [], { env: { ...process.env, PATH } }).catch(
    (error) => error,
  );
  expect(failure.code).toBe(12);
  expect(failure.stderr).toMatch(/^gastown needs Node 22\.12 or newer and this is 20\.11\.0: .+\n$/);
});

test('a checkout runs its source, types and all', async () => {
  const root = await packageWith('const n: number = 3; console.log(n);', { folder: 'src', file: 'cli.ts' });
  expect((await run(path.join(root, 'bin', 'gastown'))).stdout).toBe('3\n');
});

test('exit status and signals pass through, each signal once', async () => {
  const waiting = `
    let seen = 0;
    process.on('SIGINT', () => { seen += 1; console.log('int'); });
    process.on('SIGTERM', () => { console.log('ints', seen); process.exit(7); });
    setInterval(() => {}, 1000);
    console.log('ready');`;
  const root = await packageWith(waiting);
  const PATH = `${await oldNode()}:${process.env.PATH}`;
  const child = spawn(path.join(root, 'bin', 'gastown'), [], { env: { ...process.env, PATH } });
  const output = text(child.stdout);
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const taken = new Promise((resolve) => child.stdout.once('data', resolve));
  // As after a key press under npm: once from the terminal and once from npm.
  child.kill('SIGINT');
  child.kill('SIGINT');
  await taken;
  child.kill('SIGTERM');
  const status = await new Promise((resolve) => child.once('exit', resolve));
  expect(status).toBe(7);
  expect(await output).toContain('ints 1');
});
