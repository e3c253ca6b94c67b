import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuzzRuns } from '../../../testing/fuzz-runs.ts';
import { rigUnderTest } from '../../../testing/git/rig-under-test.ts';
import type { Change } from '../../../town/ports/sandbox.ts';

const run = promisify(execFile);
const author = { name: 'Gas Town', email: 'gas-town@users.noreply.github.com', at: '2026-02-03T04:05:06Z' };

/** Few paths and few texts, long enough to be found again under another name: sides meet, and renames happen. */
const paths = ['a', 'b', 'c.d', 'c/a', 'c/b', 'c/e/a', 'c/e/b', 'f/a', 'f/e/a', 'f/g'] as const;
const textOf = (seed: number): string =>
  Array.from({ length: 12 }, (_, line) => `${seed} line ${line}\n`).join('');
const edit = fc.record({
  path: fc.constantFrom(...paths),
  text: fc.option(fc.integer({ min: 0, max: 4 })),
  mode: fc.constantFrom('100644' as const, '100755' as const),
});
const edits = fc.array(edit, { minLength: 1, maxLength: 5 });
type Edit = typeof edits extends fc.Arbitrary<infer Edits> ? Edits : never;

const changesOf = (list: Edit): Change[] => {
  const last = new Map(list.map((one) => [one.path, one]));
  return [...last.values()].map(({ path, text, mode }) =>
    text === null
      ? { kind: 'delete', path: Buffer.from(path) }
      : { kind: 'write', path: Buffer.from(path), mode, content: Buffer.from(textOf(text)) },
  );
};

test('trees, differences, merges and commits that the town makes itself are those that git makes', {
  timeout: 120_000,
}, async () => {
  const rig = await rigUnderTest();
  const { store } = rig;
  const base = { a: textOf(0), 'c/a': textOf(1), 'c/e/a': textOf(2), 'f/g': textOf(3) };
  const root = await rig.user.commit('base', base);
  await rig.import();
  const git = async (...args: string[]): Promise<string> => {
    const place = ['--git-dir', join(rig.folder, 'rigs', '1.git'), '-c', 'merge.conflictStyle=diff3'];
    const { stdout } = await run('git', [...place, ...args]).catch((error) => error);
    return stdout.trim();
  };
  const commit = async (parent: string, list: Edit): Promise<string> => {
    const changes = changesOf(list);
    const made = await store.commitChanges({ parent, changes, message: 'm', author });
    return made.status === 'committed' ? made.commit : parent;
  };
  const seen = { clean: 0, conflict: 0 };
  const both = fc.record({ before: edits, ours: edits, theirs: edits, after: edits });
  const property = fc.asyncProperty(both, async ({ before, ours, theirs, after }) => {
    const start = await commit(root, before);
    const [left, right] = [await commit(start, ours), await commit(start, theirs)];
    const merged = await store.merge(left, right);
    seen[merged.status] += 1;
    expect(merged.tree).toBe((await git('merge-tree', '--write-tree', left, right)).split('\n')[0]);
    const changed = await store.changedEntries(left, merged.tree);
    const told = changed.map(({ path, after: is }) => `${is?.mode ?? '000000'} ${path}`);
    const raw = await git('diff-tree', '-r', '--raw', '--no-renames', left, merged.tree);
    expect(told).toEqual(
      raw
        .split('\n')
        .filter(Boolean)
        .map((line) => line.replace(/^:\d+ (\d+) .*\t/, '$1 ')),
    );
    if (merged.status === 'conflict') return;
    const parents = [left, right];
    const made = await store.commitTree({ tree: merged.tree, parents, message: 'A merge', author });
    // A bead that was begun on what is on the branch, while that moves on.
    const next = await commit(made, after);
    const again = await store.merge(made, await commit(left, after));
    expect(again.tree).toBe(
      (await git('merge-tree', '--write-tree', made, await commit(left, after))).split('\n')[0],
    );
    expect((await store.merge(next, left)).tree).toBe(await store.treeOf(next));
  });
  await fc.assert(property, { numRuns: fuzzRuns(25) });
  expect(seen.clean).toBeGreaterThan(3);
  expect(seen.conflict).toBeGreaterThan(3);
});

test('a commit is the one that git makes of the same facts', async () => {
  const rig = await rigUnderTest();
  const parent = await rig.user.commit('base', { a: 'a' });
  await rig.import();
  const tree = await rig.store.treeOf(parent);
  const message = 'Zwölf Boxkämpfer\n\nBead: 1.2';
  const made = await rig.store.commitTree({ tree, parents: [parent], message, author });
  const env = {
    ...process.env,
    GIT_AUTHOR_NAME: author.name,
    GIT_AUTHOR_EMAIL: author.email,
    GIT_AUTHOR_DATE: author.at,
    GIT_COMMITTER_NAME: author.name,
    GIT_COMMITTER_EMAIL: author.email,
    GIT_COMMITTER_DATE: author.at,
  };
  const place = ['--git-dir', join(rig.folder, 'rigs', '1.git')];
  const asked = ['commit-tree', tree, '-p', parent, '-m', message];
  const { stdout } = await run('git', [...place, ...asked], { env });
  expect(made).toBe(stdout.trim());
  await expect(run('git', [...place, 'fsck', '--strict', made])).resolves.toBeDefined();
});
