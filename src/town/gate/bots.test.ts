import { expect, test } from 'vitest';
import { convoyScript } from '../../testing/town/convoy-script.ts';
import { standingConvoy } from '../../testing/town/standing-convoy.ts';
import { type TownUnderTest, townUnderTest } from '../../testing/town-under-test/town-under-test.ts';

const script = convoyScript([{ title: 'Alpha' }]);
const bot = (login: string) => ({ login, type: 'Bot' });

/** The last label, as if this account had set it. */
async function labelledBy(town: TownUnderTest, sender: object, guid: string): Promise<void> {
  const found = town.deliveries.findLast(
    ({ event, payload }) => event === 'issues' && (payload as { action: string }).action === 'labeled',
  );
  if (found === undefined) throw new Error('no label was delivered');
  const payload = { ...(found.payload as object), label: { name: 'convoy' }, sender };
  await town.receive({ ...found, guid, payload });
  await town.quiet();
}

test('a bot orders only where the config names it; the town never orders itself', async () => {
  const town = await townUnderTest({ script, settings: { bots: ['helper[bot]', 'gas-town[bot]'] } });
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'bug');
  await town.quiet();
  await labelledBy(town, bot('stranger[bot]'), 'stranger');
  await labelledBy(town, bot(town.github.hubs.identity), 'self');
  expect(town.ledger.streams('convoy/')).toEqual([]);
  const { owner, repo } = town.github.repository;
  const { data } = await town.github.owner.rest.issues.listComments({ owner, repo, issue_number: issue });
  expect(data.map(({ body }) => body)).toEqual([expect.stringContaining('A bot can order work only where')]);
});

test('an App that the config names is obeyed, though GitHub gives it no role: its label is an order, its command is carried out', async () => {
  const { town, issue, at } = await standingConvoy({ settings: { polecats: 1, bots: ['Helper[bot]'] } });
  await town.github.owner.rest.issues.createComment({ ...at, issue_number: issue, body: 'No command.' });
  await town.quiet();
  const said = town.deliveries.findLast(({ event }) => event === 'issue_comment')?.payload as {
    readonly comment: object;
  };
  const payload = { ...said, comment: { ...said.comment, body: '/pause' }, sender: bot('helper[bot]') };
  await town.receive({ guid: 'command of a named App', event: 'issue_comment', payload });
  await town.until(issue, (now) => now.paused);

  const other = await town.issue({ title: 'Build another' });
  await town.label(other, 'bug');
  await town.quiet();
  await labelledBy(town, bot('helper[bot]'), 'label of a named App');
  expect(town.convoy(other).opened).toMatchObject({ labelledBy: 'helper[bot]' });
});

test('a machine user that the config names needs write permission, as any person does', async () => {
  const { town, issue, at } = await standingConvoy({
    settings: { polecats: 1, bots: ['helper', 'triager'] },
  });
  const triager = await town.github.someone('triager', 'triage');
  await triager.rest.issues.createComment({ ...at, issue_number: issue, body: '/pause' });
  await town.quiet();
  expect(town.convoy(issue).paused).toBe(false);
  const helper = await town.github.someone('helper', 'write');
  await helper.rest.issues.createComment({ ...at, issue_number: issue, body: '/pause' });
  await town.until(issue, (now) => now.paused);

  const other = await town.issue({ title: 'Build another' });
  await town.label(other, 'convoy', triager);
  await town.quiet();
  expect(town.ledger.streams('convoy/')).toHaveLength(1);
  await town.label(other, 'bug');
  await town.label(other, 'convoy', helper);
  await town.quiet();
  expect(town.convoy(other).opened).toMatchObject({ labelledBy: 'helper' });
});

test('a login that ends like a bot is not believed, and a bot that nobody named is not answered', async () => {
  const { town, issue, at } = await standingConvoy();
  const ask = { ...at, issue_number: issue, body: '/pause' };
  await town.github.owner.rest.issues.createComment(ask);
  await town.until(issue, (now) => now.paused);
  await town.quiet();
  const asked = town.deliveries.findLast(({ event }) => event === 'issue_comment');
  const comments = async () => (await town.github.owner.rest.issues.listComments(ask)).data.length;
  const before = await comments();
  const payload = structuredClone(asked?.payload) as {
    comment: { id: number; body: string };
    sender: object;
  };
  payload.comment = { ...payload.comment, id: payload.comment.id + 1000, body: '/resume' };
  payload.sender = bot('stranger[bot]');
  await town.receive({ guid: 'bot', event: 'issue_comment', payload });
  payload.sender = bot(town.github.hubs.identity);
  await town.receive({ guid: 'self', event: 'issue_comment', payload });
  await town.quiet();
  expect(town.convoy(issue).paused).toBe(true);
  expect(await comments()).toBe(before);
});

test('a refusal whose answer was lost is found again, and said once', async () => {
  const town = await townUnderTest({ script });
  const tim = await town.github.someone('tim', 'triage');
  const issue = await town.issue({ title: 'Build it' });
  await town.quiet();
  await town.github.fault({
    on: 'request',
    method: 'POST',
    path: '/comments',
    times: 1,
    fault: { kind: 'cut-after' },
  });
  await town.label(issue, 'convoy', tim);
  await town.quiet();
  await town.restart(60_000);
  await town.quiet();
  const { owner, repo } = town.github.repository;
  const { data } = await town.github.owner.rest.issues.listComments({ owner, repo, issue_number: issue });
  expect(data.map(({ body }) => body)).toEqual([
    expect.stringContaining('Only people with write permission'),
  ]);
  expect(town.events().filter(({ type }) => type === 'OrderRefusalAnswered')).toHaveLength(1);
  expect(town.ledger.inbox.parked()).toEqual([]);
});
