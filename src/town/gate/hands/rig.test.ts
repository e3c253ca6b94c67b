import { expect, test } from 'vitest';
import { rigFold } from '../../../domain/rig/rig.ts';
import { rigStream } from '../../../domain/rig/rig-stream.ts';
import { standingConvoy } from '../../../testing/town/standing-convoy.ts';
import type { TownUnderTest } from '../../../testing/town-under-test/town-under-test.ts';

const rigOf = (town: TownUnderTest) => town.ledger.load(rigStream(town.github.repository.id), rigFold).state;
const installation = (guid: string, event: string, more: object) => ({
  guid,
  event,
  payload: { sender: { login: 'acme', type: 'User' }, installation: { id: 1 }, ...more },
});

test('a repository that is renamed, then transferred, is the same rig under another name', async () => {
  const { town, issue, at } = await standingConvoy();
  const { rest } = town.github.owner;
  await rest.repos.update({ ...at, name: 'gadget' });
  await town.quiet();
  expect(rigOf(town).place).toEqual({ owner: 'acme', name: 'gadget' });
  await rest.issues.createComment({ owner: 'acme', repo: 'gadget', issue_number: issue, body: '/status' });
  await town.quiet();
  const { data } = await rest.issues.listComments({ owner: 'acme', repo: 'gadget', issue_number: issue });
  expect(data.at(-1)?.body).toContain('At work');
  expect(town.troubles).toEqual([]);
  await town.receive({
    guid: 'moved',
    event: 'repository',
    payload: {
      action: 'transferred',
      sender: { login: 'acme', type: 'User' },
      repository: {
        id: town.github.repository.id,
        name: 'gadget',
        full_name: 'zoe/gadget',
        owner: { login: 'zoe' },
      },
      changes: { owner: { from: { user: { login: 'acme' } } } },
    },
  });
  await town.quiet();
  expect(rigOf(town).place).toEqual({ owner: 'zoe', name: 'gadget' });
});

test('while a repository is archived nothing starts and nothing is written; then it goes on', async () => {
  const { town, issue, at } = await standingConvoy();
  const { rest } = town.github.owner;
  await rest.repos.update({ ...at, archived: true });
  await town.quiet();
  expect(town.convoy(issue)).toMatchObject({ paused: true, pauseCause: 'rig-away' });
  expect([...rigOf(town).away]).toEqual(['archived']);
  expect(town.troubles).toEqual([]);
  await rest.repos.update({ ...at, archived: false });
  await town.quiet();
  expect(town.convoy(issue)).toMatchObject({ paused: false });
});

test('a suspended installation pauses its convoys, and unsuspending goes on with those alone', async () => {
  const { town, issue, at } = await standingConvoy();
  await town.github.suspend(true);
  await town.quiet();
  expect(town.convoy(issue)).toMatchObject({ paused: true, pauseCause: 'rig-away' });
  await town.github.suspend(false);
  await town.quiet();
  expect(town.convoy(issue).paused).toBe(false);

  await town.github.owner.rest.issues.createComment({ ...at, issue_number: issue, body: '/pause' });
  await town.quiet();
  await town.github.suspend(true);
  await town.github.suspend(false);
  await town.quiet();
  expect(town.convoy(issue)).toMatchObject({ paused: true, pauseCause: null });
});

test('a repository that is taken from the App, or deleted, is left alone', async () => {
  const { town, issue } = await standingConvoy();
  const repositories = [{ id: town.github.repository.id }];
  await town.receive(
    installation('a', 'installation_repositories', {
      action: 'removed',
      repositories_removed: repositories,
    }),
  );
  await town.quiet();
  expect(town.convoy(issue)).toMatchObject({ paused: true, pauseCause: 'rig-away' });
  await town.receive(
    installation('b', 'installation_repositories', {
      action: 'added',
      repositories_added: repositories,
    }),
  );
  await town.quiet();
  expect(town.convoy(issue).paused).toBe(false);
  await town.receive(installation('c', 'installation', { action: 'deleted', repositories }));
  await town.receive(
    installation('d', 'repository', {
      action: 'deleted',
      repository: { ...repositories[0], name: 'thing', full_name: 'acme/thing', owner: { login: 'acme' } },
    }),
  );
  const convoy = await town.until(issue, (now) => now.cleared);
  expect(convoy.ended).toMatchObject({ how: 'cancelled', reason: 'The repository was deleted.' });
  expect([...rigOf(town).away].toSorted()).toEqual(['deleted', 'removed']);
});
