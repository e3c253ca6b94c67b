import { expect, test } from 'vitest';
import { issueNumberOf } from '../../../domain/convoy/mirror-receipts.ts';
import { convoyScript, polecat, works } from '../../../testing/town/convoy-script.ts';
import { type TownUnderTest, townUnderTest } from '../../../testing/town-under-test/town-under-test.ts';

type Person = TownUnderTest['github']['owner'];

const comment = async (town: TownUnderTest, issue_number: number, body: string, by = town.github.owner) => {
  const { owner, repo } = town.github.repository;
  return (await by.rest.issues.createComment({ owner, repo, issue_number, body })).data.id;
};
const repliesTo = async (town: TownUnderTest, issue_number: number): Promise<string[]> => {
  const { owner, repo } = town.github.repository;
  const { data } = await town.github.owner.rest.issues.listComments({ owner, repo, issue_number });
  return data.filter((one) => one.user?.type === 'Bot').map((one) => one.body ?? '');
};
const reactionsTo = async (town: TownUnderTest, comment_id: number): Promise<string[]> => {
  const { owner, repo } = town.github.repository;
  const request = { owner, repo, comment_id };
  const { data } = await town.github.owner.rest.reactions.listForIssueComment(request);
  return data.map((one) => one.content);
};

/** A convoy whose only bead can't be done: it ends in quarantine, and nothing runs any more. */
async function quarantined(): Promise<{ town: TownUnderTest; issue: number; bead: number; ben: Person }> {
  const gives = polecat('Alpha', [{ say: 'I give up.' }, { say: 'I do.' }]);
  const { parts } = convoyScript([{ title: 'Alpha' }]);
  const guided = polecat('use the other way', works(1));
  const town = await townUnderTest({
    script: { parts: [guided, gives, ...parts.filter((part) => part.role !== 'polecat')] },
    settings: { attempts: 1 },
  });
  const ben = await town.github.someone('ben', 'write');
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  const convoy = await town.until(issue, (now) => now.beads.get(1)?.quarantined === true);
  await town.quiet();
  return { town, issue, bead: issueNumberOf(town.convoy(convoy.opened.issue), 1) ?? 0, ben };
}

test('/help, /status and /why are answered with words, once for each comment', async () => {
  const town = await townUnderTest({ script: convoyScript([{ title: 'Alpha' }]) });
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  const convoy = await town.until(issue, (now) => now.pullRequest !== null);
  await town.quiet();
  const asked = await comment(town, issue, '/help\n/status');
  const bead = issueNumberOf(convoy, 1) ?? 0;
  await comment(town, bead, '/why');
  await comment(town, convoy.pullRequest?.number ?? 0, '/status');
  await town.quiet();
  const [, answer, ...more] = await repliesTo(town, issue);
  expect(more).toEqual([]);
  expect(answer).toContain('| `/pause` |');
  expect(answer).toContain('Ready for review');
  expect(await reactionsTo(town, asked)).toEqual(['+1']);
  expect((await repliesTo(town, bead))[0]).toMatch(/Bead 1 is \*\*landed as/);
  expect(await repliesTo(town, convoy.pullRequest?.number ?? 0)).toHaveLength(1);
});

test('a command of someone without write permission changes nothing and is refused once', async () => {
  const { town, bead, issue } = await quarantined();
  const tim = await town.github.someone('tim', 'triage');
  await comment(town, bead, '/retry use the other way', tim);
  await comment(town, bead, '/retry please', tim);
  await town.quiet();
  expect(await repliesTo(town, bead)).toEqual([expect.stringContaining('Only people with write permission')]);
  expect(town.convoy(issue).beads.get(1)?.quarantined).toBe(true);
});

test('a comment that was edited, or that the town wrote itself, is no command', async () => {
  const { town, bead, issue } = await quarantined();
  await comment(town, bead, 'nothing\nto do');
  await town.quiet();
  const last = town.deliveries.findLast(({ event }) => event === 'issue_comment');
  if (last === undefined) throw new Error('no delivery of the comment');
  const payload = structuredClone(last.payload) as {
    comment: Record<string, string>;
    sender: { type: string };
  };
  payload.comment.body = '/retry use the other way';
  payload.comment.updated_at = '2030-01-01T00:00:00Z';
  await town.receive({ ...last, guid: 'edited', payload });
  payload.comment.updated_at = payload.comment.created_at ?? '';
  payload.sender.type = 'Bot';
  await town.receive({ ...last, guid: 'of a bot', payload });
  await town.quiet();
  expect(town.convoy(issue).beads.get(1)?.quarantined).toBe(true);
  expect(await repliesTo(town, bead)).toEqual([]);
});

test('what is unknown, misplaced or impossible is said, and nothing happens', async () => {
  const { town, bead, issue, ben } = await quarantined();
  const first = await comment(town, bead, '/destroy\n/pause\n/note', ben);
  const second = await comment(town, issue, '/sling', ben);
  await town.quiet();
  const [onBead] = await repliesTo(town, bead);
  expect(onBead).toContain('There is no command `/destroy`');
  expect(onBead).toContain(`write it on #${issue}`);
  expect(onBead).toContain('Something is missing: it is written');
  expect((await repliesTo(town, issue)).at(-1)).toContain("write it on the bead's own issue");
  expect(await reactionsTo(town, first)).toEqual(['confused']);
  expect(await reactionsTo(town, second)).toEqual(['confused']);
  expect(town.convoy(issue).paused).toBe(false);
});

test('/retry with guidance gives a quarantined bead another attempt, which reads the guidance', async () => {
  const gives = polecat('Alpha', [{ say: 'I give up.' }, { say: 'I do.' }]);
  const { parts } = convoyScript([{ title: 'Alpha' }, { title: 'Beta' }]);
  const guided = polecat('use the other way', works(1));
  const others = parts.filter((part) => part.about !== 'Alpha');
  const town = await townUnderTest({
    script: { parts: [guided, gives, ...others] },
    settings: { attempts: 1 },
  });
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  const convoy = await town.until(issue, (now) => now.pullRequest !== null);
  await town.quiet();
  expect(convoy.beads.get(1)?.quarantined).toBe(true);
  await comment(town, issueNumberOf(convoy, 1) ?? 0, '/retry use the other way');
  const mended = await town.until(
    issue,
    (now) => now.pullRequest?.sha === now.head && !!now.beads.get(1)?.landedAs,
  );
  expect(mended.pullRequest?.number).toBe(convoy.pullRequest?.number);
});

test('/stop cancels the convoy and its issues, and nothing of it runs any more', async () => {
  const waits = polecat('Alpha', [
    { calls: [{ name: 'shell', arguments: { command: 'sleep 60', timeout_seconds: 90 } }] },
  ]);
  const { parts } = convoyScript([{ title: 'Alpha' }]);
  const town = await townUnderTest({
    script: { parts: [waits, ...parts.filter((part) => part.role !== 'polecat')] },
  });
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  await town.until(issue, (now) => now.beads.get(1)?.status === 'in_progress');
  await comment(town, issue, '/stop It was a mistake.');
  const convoy = await town.until(issue, (now) => now.cleared);
  expect(convoy.ended).toMatchObject({ how: 'cancelled', by: 'acme', reason: 'It was a mistake.' });
  await town.quiet();
  const { owner, repo } = town.github.repository;
  const bead = issueNumberOf(town.convoy(issue), 1) ?? 0;
  const { data } = await town.github.owner.rest.issues.get({ owner, repo, issue_number: bead });
  expect([data.state, data.state_reason]).toEqual(['closed', 'not_planned']);
});

test('/pause lets nothing start until /resume', async () => {
  const town = await townUnderTest({
    script: convoyScript([{ title: 'Alpha' }, { title: 'Beta', needs: [1] }]),
    settings: { polecats: 1 },
  });
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  await town.until(issue, (now) => now.beads.size === 2);
  await comment(town, issue, '/pause');
  await town.until(issue, (now) => now.paused);
  await town.until(issue, (now) => [...now.beads.values()].every((bead) => bead.status !== 'in_progress'));
  await comment(town, issue, '/resume');
  const convoy = await town.until(issue, (now) => now.pullRequest !== null);
  expect([...convoy.beads.values()].every((bead) => bead.landedAs !== null)).toBe(true);
});
