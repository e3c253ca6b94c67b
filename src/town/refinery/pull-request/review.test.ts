import { expect, test } from 'vitest';
import { convoyStream } from '../../../domain/convoy/convoy-stream.ts';
import { beadCountMax } from '../../../domain/convoy/limits.ts';
import type { NewEvent } from '../../../domain/event.ts';
import { created, sessionId } from '../../../testing/convoy/convoy-events.ts';
import { close, convoyScript, polecat } from '../../../testing/town/convoy-script.ts';
import { type TownUnderTest, townUnderTest } from '../../../testing/town-under-test/town-under-test.ts';
import { commentsOn } from '../../../testing/town-under-test/town-with-pull-request.ts';

const answers = polecat('Answer the review', [
  { calls: [{ name: 'write_file', arguments: { path: 'made-1.txt', content: 'better\n' } }] },
  close(2),
]);

async function reviewable(): Promise<{ town: TownUnderTest; issue: number; pull: number }> {
  const { parts } = convoyScript([{ title: 'Alpha' }]);
  const town = await townUnderTest({ script: { parts: [answers, ...parts] } });
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  const convoy = await town.until(issue, (now) => now.pullRequest !== null);
  await town.quiet();
  return { town, issue, pull: convoy.pullRequest?.number ?? 0 };
}

const place = (town: TownUnderTest, pull_number: number) => {
  const { owner, repo } = town.github.repository;
  return { owner, repo, pull_number };
};

test('changes requested become one bead, new commits, an answer on the thread, and one request for review', async () => {
  const { town, issue, pull } = await reviewable();
  const ben = await town.github.someone('ben', 'write');
  const before = town.convoy(issue).head;
  await ben.rest.pulls.createReview({
    ...place(town, pull),
    event: 'REQUEST_CHANGES',
    body: 'Nearly.',
    comments: [{ path: 'made-1.txt', line: 1, side: 'RIGHT', body: 'Make it better, please.' }],
  });
  const convoy = await town.until(issue, (now) => now.reviews[0]?.answered === true);
  await town.quiet();
  const bead = convoy.beads.get(2);
  expect(bead?.description).toContain('On made-1.txt, line 1:\nMake it better, please.');
  expect(convoy.pullRequest?.sha).toBe(bead?.landedAs);

  const { data: shown } = await town.github.owner.rest.pulls.get(place(town, pull));
  expect(shown.head.sha).toBe(convoy.head);
  expect(shown.requested_reviewers?.map((one) => one.login)).toEqual(['ben']);
  expect(shown.body).toContain('Answer the review of ben');
  const { owner, repo } = town.github.repository;
  const compared = await town.github.owner.rest.repos.compareCommitsWithBasehead({
    owner,
    repo,
    basehead: `${before}...${convoy.head}`,
  });
  expect(compared.data.status).toBe('ahead');
  const { data: comments } = await town.github.owner.rest.pulls.listReviewComments(place(town, pull));
  expect(comments.filter((one) => one.in_reply_to_id)).toEqual([
    expect.objectContaining({ body: expect.stringContaining(`Met by ${convoy.head}`) }),
  ]);
});

test('a review by someone without write permission is left to people; an approval asks for nothing', async () => {
  const { town, issue, pull } = await reviewable();
  const stranger = await town.github.someone('rea', 'read');
  await stranger.rest.pulls.createReview({ ...place(town, pull), event: 'REQUEST_CHANGES', body: 'No!' });
  const ben = await town.github.someone('ben', 'write');
  await ben.rest.pulls.createReview({ ...place(town, pull), event: 'APPROVE' });
  await town.quiet();
  const convoy = town.convoy(issue);
  expect(convoy.reviews.map(({ by, verdict, bead }) => [by, verdict, bead])).toEqual([
    ['ben', 'approved', null],
  ]);
  expect(convoy.beads.size).toBe(1);
});

/** A bead whose issue GitHub has refused for good, so that nothing more is done about it. */
function unshown(bead: number): NewEvent[] {
  const effect = { effect: sessionId(bead), kind: 'bead-issue', subject: `bead ${bead}` } as const;
  return [
    created(bead),
    { type: 'EffectIntended', data: { ...effect, detail: null } },
    { type: 'EffectFailed', data: { ...effect, reason: 'gone', final: true } },
  ];
}

test('a convoy that holds as many beads as it may takes no review as a bead, and says so once', async () => {
  const { town, issue, pull } = await reviewable();
  const more = Array.from({ length: beadCountMax - 1 }, (_, index) => unshown(index + 2)).flat();
  const stream = convoyStream(town.github.repository.id, issue);
  await town.ledger.append({ stream, expected: 'must-exist', events: more, actor: 'test', cause: 'test' });
  const ben = await town.github.someone('ben', 'write');
  await ben.rest.pulls.createReview({ ...place(town, pull), event: 'REQUEST_CHANGES', body: 'Nearly.' });
  const convoy = await town.until(issue, ({ effects }) =>
    effects.some(({ subject, status }) => subject.startsWith('review ') && status === 'confirmed'),
  );
  expect([convoy.reviews[0]?.bead, convoy.beads.size]).toEqual([null, beadCountMax]);
  const { owner, repo } = town.github.repository;
  const told = (await commentsOn(town.github.owner, { owner, repo }, pull)).filter((body) =>
    body.includes('This convoy holds 100 beads'),
  );
  expect(told).toHaveLength(1);
});

test('the same review delivered twice is one bead', async () => {
  const { town, issue, pull } = await reviewable();
  const ben = await town.github.someone('ben', 'write');
  await ben.rest.pulls.createReview({
    ...place(town, pull),
    event: 'REQUEST_CHANGES',
    body: 'Make it better.',
  });
  await town.until(issue, (now) => now.reviews[0]?.answered === true);
  const delivery = town.deliveries.findLast(({ event }) => event === 'pull_request_review');
  if (delivery === undefined) throw new Error('no delivery of the review');
  await town.receive({ ...delivery, guid: 'once more' });
  await town.quiet();
  expect(town.convoy(issue).beads.size).toBe(2);
});

test('a merged pull request lands the convoy; one closed without a merge cancels it', async () => {
  const merged = await reviewable();
  await merged.town.github.owner.rest.pulls.merge(place(merged.town, merged.pull));
  const landed = await merged.town.until(merged.issue, (now) => now.ended !== null);
  expect(landed.ended).toMatchObject({ how: 'landed', by: 'acme' });

  const closed = await reviewable();
  await closed.town.github.owner.rest.pulls.update({ ...place(closed.town, closed.pull), state: 'closed' });
  const cancelled = await closed.town.until(closed.issue, (now) => now.ended !== null);
  expect(cancelled.ended).toMatchObject({ how: 'cancelled', by: 'acme' });
});
