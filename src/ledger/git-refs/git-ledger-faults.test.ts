import { expect, it, onTestFinished } from 'vitest';
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
import { replied, sessionOne } from '../../testing/ledger/session-events.ts';
import { temporaryFolder } from '../../testing/ledger/temporary-folder.ts';
import type { RefStore } from '../ports/ref-store.ts';

function world(): {
  repository: BareRepository;
  runner(name: string, choice?: GitLedgerChoice): Promise<GitLedgerUnderTest>;
} {
  const folder = temporaryFolder();
  onTestFinished(() => folder[Symbol.dispose]());
  const repository = bareRepository(folder.file('remote.git'));
  return { repository, runner: (name, choice) => gitLedgerOn(repository.remote, folder.file(name), choice) };
}

const note = (ledger: GitLedgerUnderTest, text: string) =>
  ledger.append({ stream: convoyOne, expected: 'must-exist', events: [beadNoted(1, text)], ...provenance });
const open = (ledger: GitLedgerUnderTest) =>
  ledger.append({
    stream: convoyOne,
    expected: 'must-not-exist',
    events: [convoyOpened(), beadCreated(1)],
    ...provenance,
  });
const notesOf = (ledger: GitLedgerUnderTest) => ledger.load(convoyOne, countFold).state.notes;
const convoyRef = 'refs/gas-town/convoy/12';

/** A store whose next pushes go wrong: before they are made, or after, with their answer lost. */
function failingPushes(when: ('before' | 'after')[]): (refs: RefStore) => RefStore {
  return (refs) => ({
    ...refs,
    async push(moves) {
      const fault = when.shift();
      if (fault === 'before') throw new Error('The connection was cut before the push.');
      const outcome = await refs.push(moves);
      if (fault === 'after') throw new Error('The connection was cut after the push.');
      return outcome;
    },
  });
}

it('finds a push whose answer was lost, and doubles nothing', async () => {
  const { runner, repository } = world();
  const one = await runner('one', { between: failingPushes(['after', 'after']) });
  expect(await open(one)).toMatchObject({ status: 'appended' });
  expect(await note(one, 'a')).toMatchObject({ status: 'appended', events: [{ version: 3 }] });
  expect(repository.git('rev-list', '--count', convoyRef)).toBe('2');
  await one.close();
});

it('says that nothing was appended where the push never arrived, and takes the same append the next time', async () => {
  const { runner } = world();
  const faults: ('before' | 'after')[] = [];
  const one = await runner('one', { between: failingPushes(faults) });
  await open(one);
  faults.push('before');
  await expect(note(one, 'a')).rejects.toThrow('cut before the push');
  expect(notesOf(one)).toEqual([]);
  await note(one, 'a');
  expect(notesOf(one)).toEqual(['a']);
  await one.close();
});

it('finishes, when it starts again, what a session had not pushed', async () => {
  const { runner, repository } = world();
  const faults: ('before' | 'after')[] = ['before'];
  const killed = await runner('one', { between: failingPushes(faults) });
  await killed.append({
    stream: sessionOne,
    expected: 0,
    events: [replied(1, 'a'), replied(2, 'b')],
    ...provenance,
  });
  await expect(killed.close()).rejects.toThrow('cut before the push');
  expect(repository.refs()).toEqual([]);
  const again = await runner('one');
  await again.append({ stream: sessionOne, expected: 2, events: [replied(3, 'c')], ...provenance });
  await again.publish();
  const other = await runner('two');
  await other.follow([sessionOne]);
  expect(other.read(sessionOne)).toEqual(again.read(sessionOne));
  await Promise.all([again.close(), other.close()]);
});

it('stops where a ref was set back, taken away, or altered', async () => {
  const { runner, repository } = world();
  const one = await runner('one');
  await open(one);
  const first = repository.git('rev-parse', convoyRef);
  await note(one, 'a');
  const second = repository.git('rev-parse', convoyRef);
  const anchor = one.anchor(convoyOne);
  const rewritten = { fault: { kind: 'not-descended', stream: convoyOne, ref: convoyRef } };

  repository.git('update-ref', convoyRef, first);
  await expect(one.follow([convoyOne])).rejects.toMatchObject(rewritten);
  await expect(note(one, 'b')).rejects.toMatchObject(rewritten);
  repository.git('update-ref', '-d', convoyRef);
  await expect(one.follow([convoyOne])).rejects.toMatchObject(rewritten);

  // A runner that has seen nothing can't know by itself: what was written down elsewhere tells it.
  repository.git('update-ref', convoyRef, first);
  const fresh = await runner('fresh');
  await fresh.follow([convoyOne]);
  if (anchor === null) throw new Error('There is no anchor.');
  expect(() => fresh.checkAnchor(anchor)).toThrow(/ends before version 3/);
  await note(fresh, 'forged');
  expect(() => fresh.checkAnchor(anchor)).toThrow(/version 3 is not the one that was seen/);
  repository.git('update-ref', convoyRef, second);
  const honest = await runner('honest');
  await honest.follow([convoyOne]);
  expect(() => honest.checkAnchor(anchor)).not.toThrow();
  await Promise.all([one.close(), fresh.close(), honest.close()]);
});

it('refuses events that were altered on the way, and events of another stream', async () => {
  const { runner, repository } = world();
  const one = await runner('one');
  await open(one);
  await note(one, 'honest');
  const text = repository.git('show', `${convoyRef}:events.jsonl`);
  const forge = async (content: string): Promise<void> => {
    const parent = repository.git('rev-parse', `${convoyRef}~1`);
    const files = new Map([['events.jsonl', Buffer.from(`${content}\n`)]]);
    const oid = await one.refs.commit({ parents: [parent], files, message: 'forged' });
    const from = repository.git('rev-parse', convoyRef);
    await one.refs.push([{ ref: convoyRef, from, to: oid }]);
  };
  await forge(text.replace('honest', 'forged'));
  const fresh = await runner('fresh');
  await expect(fresh.follow([convoyOne])).rejects.toMatchObject({ fault: { kind: 'invalid-line' } });
  await forge(text.replace('convoy/1/12', 'convoy/1/13'));
  await expect(fresh.follow([convoyOne])).rejects.toMatchObject({ fault: { kind: 'not-descended' } });
  expect(fresh.readAll(0, 10)).toEqual([]);
  await Promise.all([one.close(), fresh.close()]);
});

it('puts one commit in the place of many, which who saw the old ones and who did not read alike', async () => {
  const { runner, repository } = world();
  const one = await runner('one', { commitsMax: 4 });
  const [late, never] = [await runner('late'), await runner('never')];
  await open(one);
  await late.follow([convoyOne]);
  for (const text of ['a', 'b', 'c', 'd']) await note(one, text);
  await one.publish();
  expect(repository.git('rev-list', '--count', convoyRef)).toBe('1');
  expect(repository.git('show', `${convoyRef}:replaces.json`)).toMatch(/"version":6/);
  await note(one, 'e');
  for (const ledger of [late, never]) {
    await ledger.follow([convoyOne]);
    expect(ledger.read(convoyOne)).toEqual(one.read(convoyOne));
    await note(ledger, 'more');
    await one.follow([convoyOne]);
  }
  await Promise.all([one.close(), late.close(), never.close()]);
});

it('takes the refs of what has ended away, and keeps what they held in the archive', async () => {
  const { runner, repository } = world();
  const one = await runner('one');
  await open(one);
  await one.append({ stream: sessionOne, expected: 0, events: [replied(1, 'a')], ...provenance });
  await one.publish();
  const heads = repository.refs().map((ref) => repository.git('rev-parse', ref));
  await one.archive([convoyOne, sessionOne]);
  expect(repository.refs()).toEqual(['refs/gas-town/archive']);
  expect(
    repository.git('rev-parse', 'refs/gas-town/archive^1', 'refs/gas-town/archive^2').split('\n'),
  ).toEqual(heads);
  await one.archive([convoyOne, sessionOne]);
  expect(repository.git('rev-list', '--count', '--first-parent', 'refs/gas-town/archive')).toBe('2');
  await one.close();
});

it('archives once, whatever became of the push, and says it where nothing did', async () => {
  const { runner, repository } = world();
  const faults: ('before' | 'after')[] = [];
  const one = await runner('one', { between: failingPushes(faults) });
  await open(one);
  const head = repository.git('rev-parse', convoyRef);
  faults.push('before');
  await expect(one.archive([convoyOne])).rejects.toThrow('cut before the push');
  expect(repository.refs()).toEqual([convoyRef]);
  faults.push('after');
  await one.archive([convoyOne]);
  expect(repository.refs()).toEqual(['refs/gas-town/archive']);
  expect(repository.git('rev-parse', 'refs/gas-town/archive^1')).toBe(head);
  await one.close();
});

it('archives after another one who was first, where the remote does not say what became of the push', async () => {
  const { runner, repository } = world();
  const two = await runner('two');
  let isFirst = true;
  const one = await runner('one', {
    between: (refs) => ({
      ...refs,
      async push(moves) {
        if (!isFirst || moves.every(({ to }) => to !== null)) return refs.push(moves);
        isFirst = false;
        await two.archive([sessionOne]);
        throw new Error('The remote did not say what became of the push.');
      },
    }),
  });
  await open(one);
  await two.append({ stream: sessionOne, expected: 0, events: [replied(1, 'a')], ...provenance });
  await two.publish();
  const heads = repository.refs().map((ref) => repository.git('rev-parse', ref));
  await one.archive([convoyOne]);
  expect(repository.refs()).toEqual(['refs/gas-town/archive']);
  const archived = ['refs/gas-town/archive^2', 'refs/gas-town/archive^1^1'];
  expect(repository.git('rev-parse', ...archived).split('\n')).toEqual(heads);
  await Promise.all([one.close(), two.close()]);
});
