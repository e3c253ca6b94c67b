import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { repositoryRoot } from './repository-root.js';

const limit = 300;

test(`no source file is longer than ${limit} lines`, () => {
  const listed = execFileSync('git', ['ls-files', 'src', 'bin', 'scripts', 'demo', 'bench'], {
    cwd: repositoryRoot,
    encoding: 'utf8',
  });
  const sources = listed
    .split('\n')
    .filter((file) => /\.(ts|js)$/.test(file) && !file.endsWith('.test.ts') && !file.includes('/files/'))
    .filter((file) => existsSync(path.join(repositoryRoot, file)));
  const lengths = sources.map((file) => ({
    file,
    lines: readFileSync(path.join(repositoryRoot, file), 'utf8').split('\n').length - 1,
  }));
  expect(lengths.length).toBeGreaterThan(100);
  expect(lengths.filter(({ lines }) => lines > limit)).toEqual([]);
});
