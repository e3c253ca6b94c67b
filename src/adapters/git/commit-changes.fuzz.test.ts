import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuzzRuns } from '../../testing/fuzz-runs.ts';
import { rigUnderTest } from '../../testing/git/rig-under-test.ts';
import type { Change } from '../../town/ports/sandbox.ts';

const run = promisify(execFile);
const author = { name: 'Gas Town', email: 'gas-town@users.noreply.github.com', at: '2026-02-03T04:05:06Z' };

const part = fc.oneof(
  fc.constantFrom(
    'a',
    'A',
    'b',
    '.',
    '..',
    '.git',
    '.GIT',
    'git~1',
    '.g\u200cit',
    '.gitmodules',
    '',
    'a\\b',
    'con',
    'x ',
  ),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const path = fc.oneof(
  fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => Buffer.from(parts.join('/'))),
  fc.uint8Array({ minLength: 1, maxLength: 12 }).map((bytes) => Buffer.from(bytes)),
);
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({
    kind: fc.constant('write' as const),
    path,
    mode: fc.constantFrom('100644', '100755', '120000'),
    content: fc.oneof(
      fc.constantFrom('/etc/passwd', '../../..', 'x').map((text) => Buffer.from(text)),
      fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes)),
    ),
  }),
  fc.record({ kind: fc.constant('delete' as const), path }),
);

test('whatever paths come out of a container, the tree that is made of them is one that git takes', {
  timeout: 120_000,
}, async () => {
  const rig = await rigUnderTest();
  const parent = await rig.user.commit('base', { a: 'a\n', 'dir/b': 'b\n' });
  await rig.import();
  const made: string[] = [];
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
      const result = await rig.store.commitChanges({ parent, changes, message: 'm', author });
      if (result.status === 'committed') made.push(result.commit);
    }),
    { numRuns: fuzzRuns(60) },
  );
  expect(made.length).toBeGreaterThan(5);
  const repository = join(rig.folder, 'rigs', '1.git');
  await run('git', ['--git-dir', repository, 'fsck', '--strict', '--no-dangling', ...made]);
  const listed = await Promise.all(
    made.map(
      async (commit) => (await run('git', ['--git-dir', repository, 'ls-tree', '-r', '-z', commit])).stdout,
    ),
  );
  const names = listed.flatMap((list) =>
    list
      .split('\0')
      .filter(Boolean)
      .map((line) => line.split('\t')[1] ?? ''),
  );
  expect(names.filter((name) => /(^|\/)(\.\.?|\.git)(\/|$)/i.test(name))).toEqual([]);
});
