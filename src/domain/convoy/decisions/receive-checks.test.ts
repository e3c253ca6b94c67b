import { expect, test } from 'vitest';
import {
  commit,
  created,
  landed,
  opened,
  pullRequestOpened,
  slung,
  verified,
  worked,
} from '../../../testing/convoy/convoy-events.ts';
import { convoyAfter, givenConvoy } from '../../../testing/given-when-then.ts';
import type { NewEvent } from '../../event.ts';
import { beadTextLengthMax } from '../limits.ts';
import { receiveRedChecks } from './receive-checks.ts';

const check = { name: 'ci / test', conclusion: 'failure', url: 'https://x/runs/1', log: 'assert 1 == 2' };
const head = (digit: string): NewEvent[] => [
  verified([], commit(digit)),
  { type: 'PullRequestUpdated', data: { number: 20, sha: commit(digit) } },
];
const shown: NewEvent[] = [
  opened(),
  created(1),
  slung(1),
  ...worked(1),
  verified([1]),
  landed(1),
  pullRequestOpened(),
];
const red = (digit: string, checks = [check]) => ({ commit: commit(digit), checks });
const after = (events: readonly NewEvent[], digit: string): readonly NewEvent[] => {
  const decision = receiveRedChecks(convoyAfter(...events), red(digit));
  return decision.accepted ? decision.events : [];
};

test("the rig's own red checks become one bead that holds the end of their logs", () => {
  const events = after(shown, 'c');
  expect(events.map(({ type }) => type)).toEqual(['ChecksFailed', 'BeadCreated', 'BeadSlung']);
  expect(events[0]).toMatchObject({ data: { bead: 2, commit: commit('c') } });
  const [, bead] = events;
  expect(bead?.type === 'BeadCreated' ? bead.data.description : '').toContain(
    'Check "ci / test": failure (https://x/runs/1)\nassert 1 == 2',
  );
});

test('the same head is told once, and another commit than what is shown is nobody’s concern', () => {
  givenConvoy(...shown, ...after(shown, 'c'))
    .when((state) => receiveRedChecks(state, red('c')))
    .thenNothing();
  givenConvoy(...shown)
    .when((state) => receiveRedChecks(state, red('b')))
    .thenRefused('not-the-head');
});

test('after two rounds it is only recorded; a review that asks for something begins them anew', () => {
  const first = [...shown, ...after(shown, 'c'), ...head('d')];
  const second = [...first, ...after(first, 'd'), ...head('e')];
  expect(after(second, 'e')).toEqual([
    { type: 'ChecksFailed', data: { commit: commit('e'), bead: null, checks: [check] } },
  ]);
  const reviewed: NewEvent[] = [
    ...second,
    ...after(second, 'e'),
    created(4),
    {
      type: 'ReviewReceived',
      data: { review: 9, by: 'ben', verdict: 'changes_requested', body: 'x', comments: [], bead: 4 },
    },
    ...head('f'),
  ];
  expect(after(reviewed, 'f')[0]).toMatchObject({ data: { bead: 5 } });
});

test('however much the logs say, the bead is one that can be held', () => {
  const many = Array.from({ length: 10 }, () => ({ ...check, log: 'x'.repeat(8000), name: 'n'.repeat(500) }));
  const decision = receiveRedChecks(convoyAfter(...shown), red('c', many));
  const bead = decision.accepted ? decision.events[1] : undefined;
  const description = bead?.type === 'BeadCreated' ? bead.data.description : '';
  expect(description.length).toBeLessThanOrEqual(beadTextLengthMax);
  expect(description.match(/^Check "/gm)).toHaveLength(10);
});
