import { test } from 'vitest';
import { commit, opened, pullRequestOpened, verified } from '../../../testing/convoy/convoy-events.ts';
import { givenConvoy } from '../../../testing/given-when-then.ts';
import { cancelConvoy, failConvoy, landConvoy, recordPullRequest } from './end-convoy.ts';

const pull = pullRequestOpened(commit('c')).data;

test('a convoy has one pull request, and its head is the verified one', () => {
  givenConvoy(opened(), verified([1], commit('c')))
    .when((state) => recordPullRequest(state, pull))
    .thenEvents(pullRequestOpened());
  givenConvoy(opened(), verified([1], commit('c')), pullRequestOpened())
    .when((state) => recordPullRequest(state, pull))
    .thenRefused('pull-request-exists');
  givenConvoy(opened(), verified([1], commit('d')))
    .when((state) => recordPullRequest(state, pull))
    .thenRefused('head-not-verified');
});

test('a convoy ends once, in one of three ways', () => {
  const failed = { type: 'ConvoyFailed', data: { reason: 'no bead' } } as const;
  const cancelled = { type: 'ConvoyCancelled', data: { by: 'ada', reason: 'closed' } } as const;
  const landed = { type: 'ConvoyLanded', data: { by: 'ada', mergeCommit: commit('f') } } as const;
  givenConvoy(opened())
    .when((state) => failConvoy(state, 'no bead'))
    .thenEvents(failed);
  givenConvoy(opened())
    .when((state) => cancelConvoy(state, 'ada', 'closed'))
    .thenEvents(cancelled);
  givenConvoy(opened())
    .when((state) => landConvoy(state, 'ada', commit('f')))
    .thenEvents(landed);
  for (const ended of [failed, cancelled, landed]) {
    for (const again of [
      (state: Parameters<typeof failConvoy>[0]) => failConvoy(state, 'no bead'),
      (state: Parameters<typeof failConvoy>[0]) => cancelConvoy(state, 'ada', 'closed'),
      (state: Parameters<typeof failConvoy>[0]) => landConvoy(state, 'ada', commit('f')),
    ]) {
      givenConvoy(opened(), ended).when(again).thenRefused('convoy-ended');
    }
  }
});
