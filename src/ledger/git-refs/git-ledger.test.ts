import { describe, expect, it, onTestFinished } from 'vitest';
import type { NewEvent, RecordedEvent } from '../../domain/event.ts';
import { type BareRepository, bareRepository } from '../../testing/ledger/bare-repository.ts';
import {
  type GitLedgerChoice,
  type GitLedgerUnderTest,
  gitLedgerOn,
} from '../../testing/ledger/git-ledger.ts';
import {
  beadCreated,
  beadNoted,
  convoyOne,
  convoyOpened,
  countFold,
  provenance,
} from '../../testing/ledger/sample-events.ts';
import { ended, replied, sessionOne, spent } from '../../testing/ledger/session-events.ts';
import { temporaryFolder } from '../../testing/ledger/temporary-folder.ts';
import { createSeal } from './seal.ts';

interface World {
  readonly repository: BareRepository;
  /** A runner of its own, or one that starts again in the folder of an earlier one. */
  runner(name: string, choice?: GitLedgerChoice): Promise<GitLedgerUnderTest>;
}

function world(): World {
  const folder = temporaryFolder();
  onTestFinished(() => folder[Symbol.dispose]());
  const repository = bareRepository(folder.file('remote.git'));
  return { repository, runner: (name, choice) => gitLedgerOn(repository.remote, folder.file(name), choice) };
}

const add = (ledger: GitLedgerUnderTest, ...events: NewEvent[]) =>
  ledger.append({
    stream: convoyOne,
    expected: ledger.load(convoyOne, countFold).version,
    events,
    ...provenance,
  });
const say = (ledger: GitLedgerUnderTest, ...events: NewEvent[]) =>
  ledger.append({ stream: sessionOne, expected: ledger.read(sessionOne).length, events, ...provenance });
const typesOf = (events: readonly RecordedEvent[]) => events.map(({ type }) => type);

describe('a ledger in git refs that two runners share', () => {
  it('lets one of two appends at the same version win, and shows each the other’s', async () => {
    const { runner } = world();
    const [one, two] = [await runner('one'), await runner('two')];
    await add(one, convoyOpened());
    expect(await add(two, convoyOpened())).toEqual({ status: 'conflict', currentVersion: 1 });
    await add(two, beadNoted(1, 'from two'));
    expect(one.read(convoyOne)).toHaveLength(1);
    await one.follow([convoyOne]);
    expect(one.read(convoyOne)).toEqual(two.read(convoyOne));
    await Promise.all([one.close(), two.close()]);
  });

  it('pushes what can wait along with what can’t, numbered anew where another was first', async () => {
    const { runner } = world();
    const [one, two] = [await runner('one'), await runner('two')];
    await add(one, convoyOpened(), beadCreated(1));
    await two.follow([convoyOne]);
    const pushes = one.pushes();
    expect(await add(one, spent(0.25))).toMatchObject({ status: 'appended', events: [{ version: 3 }] });
    expect([one.pushes(), typesOf(one.read(convoyOne)).at(-1)]).toEqual([pushes, 'BudgetSpent']);
    await add(two, beadNoted(1, 'two was first'));
    await add(one, spent(0.5));
    await one.append({
      stream: convoyOne,
      expected: 'must-exist',
      events: [beadNoted(1, 'one')],
      ...provenance,
    });
    expect(
      one
        .read(convoyOne)
        .map(({ type, version }) => [type, version])
        .slice(2),
    ).toEqual([
      ['BeadNoted', 3],
      ['BudgetSpent', 4],
      ['BudgetSpent', 5],
      ['BeadNoted', 6],
    ]);
    await two.follow([convoyOne]);
    expect(two.read(convoyOne).map(({ hash }) => hash)).toEqual(one.read(convoyOne).map(({ hash }) => hash));
    await Promise.all([one.close(), two.close()]);
  });

  it('pushes what can wait by itself when nothing more comes', async () => {
    const { runner, repository } = world();
    const one = await runner('one', { pace: { soonMs: 60_000, longestMs: 20 } });
    await add(one, convoyOpened());
    const heard = Promise.withResolvers<void>();
    one.subscribe({ after: 'now', handle: () => heard.resolve(), onError: () => null });
    await add(one, spent(1));
    await heard.promise;
    expect(repository.git('show', 'refs/gas-town/convoy/12:events.jsonl')).toMatch(/BudgetSpent/);
    await one.close();
  });

  it('makes no push for what can wait where it is said while another is on its way, but takes it along at the latest when it is closed', async () => {
    const { runner, repository } = world();
    const one = await runner('one');
    await add(one, convoyOpened(), beadCreated(1));
    const pressing = { ...provenance, stream: convoyOne, expected: 'must-exist' } as const;
    const [noted, cost] = await Promise.all([
      one.append({ ...pressing, events: [beadNoted(1, 'first')] }),
      one.append({ ...pressing, events: [spent(1)], key: 'cost' }),
    ]);
    const after = await one.append({ ...pressing, events: [spent(2)] });
    const versions = [noted, cost, after].map((one) => one.status === 'appended' && one.events[0]?.version);
    expect([versions, one.pushes()]).toEqual([[3, 4, 5], 2]);
    expect(await one.append({ ...pressing, events: [spent(1)], key: 'cost' })).toMatchObject({
      status: 'repeated',
    });
    await say(one, replied(1, 'hello'));
    expect(repository.refs()).toEqual(['refs/gas-town/convoy/12']);
    await one.close();
    expect(repository.refs()).toEqual([
      'refs/gas-town/convoy/12',
      'refs/gas-town/session/00000000-0000-7000-8000-000000000001',
    ]);
  });
});

describe('what a repository shows of sessions', () => {
  const key = 'a ledger key of some length';

  it('is sealed: only who has the key reads it, and nobody can put it elsewhere', async () => {
    const { runner, repository } = world();
    const one = await runner('one', { seal: createSeal(key) });
    await say(one, replied(1, 'the plan is secret'), ended);
    await one.publish();
    const kept = repository
      .git('rev-list', '--objects', '--all')
      .split('\n')
      .map((line) => line.split(' ')[0] ?? '');
    const all = kept.map((oid) => repository.git('cat-file', '-p', oid)).join('\n');
    expect(all).not.toMatch(/secret|ModelReplied|SessionEnded/);
    const two = await runner('two', { seal: createSeal(key) });
    await two.follow([sessionOne]);
    expect(two.read(sessionOne)).toEqual(one.read(sessionOne));
    for (const seal of [createSeal('another key of some length'), 'plain'] as const) {
      const stranger = await runner('stranger', { seal });
      await expect(stranger.follow([sessionOne])).rejects.toMatchObject({
        fault: { kind: 'sealed', stream: sessionOne },
      });
      await stranger.close();
    }
    const seal = createSeal(key);
    const closed = seal.close('text', 'session/a');
    expect([
      seal.open(closed, 'session/a'),
      seal.open(closed, 'session/b'),
      seal.open(closed.slice(1), 'session/a'),
    ]).toEqual(['text', null, null]);
    await Promise.all([one.close(), two.close()]);
  });

  it('is nothing at all where they are withheld, and never a secret', async () => {
    const { runner, repository } = world();
    const token = `ghs_${'a'.repeat(40)}`;
    const one = await runner('one', { seal: 'withheld', secrets: ['the key of the model'] });
    await add(one, convoyOpened(), beadNoted(1, `${token} and the key of the model`));
    await say(one, replied(1, token), ended);
    await one.close();
    expect(repository.refs()).toEqual(['refs/gas-town/convoy/12']);
    const text = repository.git('show', 'refs/gas-town/convoy/12:events.jsonl');
    expect(text).toMatch(/"note":"\[redacted\] and \[redacted\]"/);
    expect(text).not.toMatch(/ghs_|key of the model/);
  });
});
