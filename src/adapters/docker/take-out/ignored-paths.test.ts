import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { IgnoredPaths } from './ignored-paths.ts';

const ignoreFiles = {
  '.gitignore': '*.log\n!keep.log\nbuild/\n/only-top\n**/deep/*.tmp\n\\#odd\nspace\\ \n[a-c].x\n',
  'sub/.gitignore': '!again.log\n/local\nx/y\n',
  'build/.gitignore': '!*\n',
  'sub/build2/.gitignore': '*\n!.gitignore\n',
};
const paths = [
  'a.log',
  'keep.log',
  'sub/a.log',
  'sub/again.log',
  'sub/keep.log',
  'build/a',
  'sub/build/a',
  'sub/buildx',
  'only-top',
  'sub/only-top',
  'deep/a.tmp',
  'sub/deep/b.tmp',
  'sub/deep/c/b.tmp',
  '#odd',
  'space ',
  'a.x',
  'd.x',
  'sub/local',
  'sub/in/local',
  'sub/x/y',
  'sub/in/x/y',
  'sub/build2/z',
  'sub/build2/.gitignore',
  'plain',
];

it('agrees with git', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gas-town-ignore-'));
  try {
    execFileSync('git', ['init', '--quiet', folder]);
    for (const [path, content] of Object.entries(ignoreFiles)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const git = (path: string): boolean => {
      try {
        execFileSync('git', ['-C', folder, 'check-ignore', '--quiet', '--no-index', path]);
        return true;
      } catch (error) {
        if (error instanceof Error && 'status' in error && error.status === 1) return false;
        throw error;
      }
    };
    const ours = new IgnoredPaths(
      new Map(Object.entries(ignoreFiles).map(([path, content]) => [path, Buffer.from(content)])),
    );
    const verdicts = (ignores: (path: string) => boolean) =>
      Object.fromEntries(paths.map((path) => [path, ignores(path)]));
    expect(verdicts((path) => ours.ignores(path))).toEqual(verdicts(git));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it('knows what tools leave behind, wherever it lies', () => {
  const ours = new IgnoredPaths(new Map([['.gitignore', Buffer.from('!node_modules/\n!*.pyc\n')]]));
  for (const path of [
    'node_modules/a/b.js',
    'x/node_modules/c',
    'x/__pycache__/y',
    'm.pyc',
    '.pytest_cache/v',
  ]) {
    expect(ours.ignores(path)).toBe(true);
  }
  for (const path of ['node_modules.txt', 'src/pycache', 'core', 'a.py'])
    expect(ours.ignores(path)).toBe(false);
});
