import { test } from 'vitest';
import {
  commit,
  created,
  opened,
  pullRequestOpened,
  verified,
} from '../../../testing/convoy/convoy-events.ts';
import { givenConvoy } from '../../../testing/given-when-then.ts';
import { beadCountMax } from '../limits.ts';
import { type IncomingReview, receiveReview } from './receive-review.ts';
import { recordReviewAnswer, recordUpdate } from './update-pull-request.ts';

const reviewed = [opened(), created(1), verified([1]), pullRequestOpened()];
const comment = { id: 5, path: 'a.ts', line: 3, hunk: '@@ -1 +1 @@', body: 'Why?' };
const review: IncomingReview = {
  review: 9,
  by: 'ada',
  verdict: 'changes_requested',
  body: 'Almost.',
  comments: [comment],
};

test('a review that asks for something becomes one bead, ordered at once, with every comment in it', () => {
  givenConvoy(...reviewed)
    .when((state) => receiveReview(state, review))
    .thenEvents(
      { type: 'ReviewReceived', data: { ...review, bead: 2 } },
      {
        type: 'BeadCreated',
        data: {
          bead: 2,
          title: 'Answer the review of ada',
          description: 'Almost.\n\nOn a.ts, line 3:\nWhy?\n\nThe lines it is about:\n@@ -1 +1 @@',
          acceptance: 'Every comment of the review is met, and the verification passes.',
          needs: [],
        },
      },
      { type: 'BeadSlung', data: { bead: 2, topic: 'review by ada' } },
    );
});

test('an approval makes no work, the same review comes once, and without a pull request there is none', () => {
  const approved = { ...review, verdict: 'approved', comments: [] } as const satisfies IncomingReview;
  const known = { type: 'ReviewReceived', data: { ...approved, comments: [], bead: null } } as const;
  givenConvoy(...reviewed)
    .when((state) => receiveReview(state, { ...approved, comments: [] }))
    .thenEvents({ type: 'ReviewReceived', data: { ...approved, comments: [], bead: null } });
  givenConvoy(...reviewed, { type: 'ReviewReceived', data: { ...known.data, comments: [] } })
    .when((state) => receiveReview(state, review))
    .thenNothing();
  givenConvoy(opened())
    .when((state) => receiveReview(state, review))
    .thenRefused('no-pull-request');
});

test('a convoy that holds as many beads as it may takes the review in, and no further bead', () => {
  const full = Array.from({ length: beadCountMax }, (_, index) => created(index + 1));
  givenConvoy(opened(), ...full, verified([1]), pullRequestOpened())
    .when((state) => receiveReview(state, review))
    .thenEvents({ type: 'ReviewReceived', data: { ...review, bead: null } });
});

test('the pull request follows the verified head alone, and a review is answered once', () => {
  givenConvoy(...reviewed, verified([1], commit('d')))
    .when((state) => recordUpdate(state, { number: 20, sha: commit('d') }))
    .thenEvents({ type: 'PullRequestUpdated', data: { number: 20, sha: commit('d') } });
  givenConvoy(...reviewed)
    .when((state) => recordUpdate(state, { number: 20, sha: commit('d') }))
    .thenRefused('head-not-verified');
  givenConvoy(...reviewed)
    .when((state) => recordReviewAnswer(state, 9))
    .thenRefused('review-unknown');
});
