import { expect, test } from 'vitest';
import { commit, opened, pullRequestOpened, verified } from '../../testing/convoy/convoy-events.ts';
import { convoyAfter } from '../../testing/given-when-then.ts';
import { findRevert } from './find-revert.ts';

const merge = commit('9');
const landed = convoyAfter(opened(), verified([], commit('c')), pullRequestOpened(), {
  type: 'ConvoyLanded',
  data: { mergeCommit: merge, by: 'ada' },
});
const found = (message: string): string | null => findRevert(landed, [{ id: commit('1'), message }]);

test.each([
  [`Revert "Merge pull request #20"\n\nThis reverts commit ${merge}, reversing\nchanges made to abc.`],
  [`Revert "Build a thing"\n\nThis reverts commit ${merge.slice(0, 10)}.`],
  ['Revert "Build a thing" (#31)\n\nReverts ada/thing#20'],
])('a commit that takes it back is known: %j', (message) => {
  expect(found(message)).toBe(commit('1'));
});

test.each([
  ['Build another thing\n\nThis reverts commit 1234567.'],
  ['Reverts ada/thing#201'],
  ['Reverts other/thing#20'],
  [`Follow up on ${merge}`],
])('any other is not: %j', (message) => {
  expect(found(message)).toBeNull();
});

test('what has not landed can not be reverted', () => {
  const open = convoyAfter(opened(), verified([], commit('c')), pullRequestOpened());
  expect(findRevert(open, [{ id: merge, message: `This reverts commit ${commit('c')}.` }])).toBeNull();
});
