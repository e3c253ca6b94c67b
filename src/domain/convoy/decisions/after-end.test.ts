import { expect, test } from 'vitest';
import { commit, opened, pullRequestOpened, verified } from '../../../testing/convoy/convoy-events.ts';
import { convoyAfter, givenConvoy } from '../../../testing/given-when-then.ts';
import { branchesGoAt, deleteBranches, noteReopened, revertConvoy } from './after-end.ts';

const shown = [opened(), verified([], commit('c')), pullRequestOpened()] as const;
const cancelled = { type: 'ConvoyCancelled', data: { by: 'ada', reason: 'closed' } } as const;
const landed = { type: 'ConvoyLanded', data: { by: 'ada', mergeCommit: commit('9') } } as const;
const reverted = { by: 'ben', commit: commit('1') };

test('branches go at once where they were merged, and after 14 days where they were not', () => {
  const daysOf = (end: typeof cancelled | typeof landed): number => {
    const convoy = convoyAfter(...shown, end);
    return ((branchesGoAt(convoy)?.getTime() ?? 0) - Date.parse(convoy.ended?.at ?? '')) / 86_400_000;
  };
  expect([daysOf(landed), daysOf(cancelled)]).toEqual([0, 14]);
  expect(branchesGoAt(convoyAfter(...shown))).toBeNull();
});

test('that they are gone is recorded once, of what has ended', () => {
  givenConvoy(...shown)
    .when(deleteBranches)
    .thenRefused('convoy-not-ended');
  givenConvoy(...shown, landed)
    .when(deleteBranches)
    .thenEvents({ type: 'BranchesDeleted', data: {} });
  givenConvoy(...shown, landed, { type: 'BranchesDeleted', data: {} })
    .when(deleteBranches)
    .thenNothing();
});

test('only what has landed can be reverted, once', () => {
  const event = { type: 'ConvoyReverted', data: reverted } as const;
  givenConvoy(...shown, cancelled)
    .when((now) => revertConvoy(now, reverted))
    .thenRefused('convoy-not-landed');
  givenConvoy(...shown, landed)
    .when((now) => revertConvoy(now, reverted))
    .thenEvents(event);
  givenConvoy(...shown, landed, event)
    .when((now) => revertConvoy(now, reverted))
    .thenNothing();
});

test('a pull request that is opened again is noted, where its convoy has ended', () => {
  const again = { by: 'ben', pullRequest: 20 };
  givenConvoy(...shown)
    .when((now) => noteReopened(now, again))
    .thenRefused('convoy-not-ended');
  givenConvoy(...shown, cancelled)
    .when((now) => noteReopened(now, again))
    .thenEvents({
      type: 'HandMoved',
      data: { what: 'pull-request-reopened', by: 'ben', before: 'closed', after: 'open' },
    });
});
