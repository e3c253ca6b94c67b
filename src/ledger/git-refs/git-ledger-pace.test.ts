import { expect, it, onTestFinished } from 'vitest';
import { createRefStore } from '../../adapters/git/ref-store/create-ref-store.ts';
import { type Forge, type ForgeOptions, type ReceivedPush, startForge } from '../../forge/index.ts';
import { pacedClock } from '../../testing/git/paced-clock.ts';
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
import { spent } from '../../testing/ledger/session-events.ts';
import { temporaryFolder } from '../../testing/ledger/temporary-folder.ts';
import type { Remote } from '../../town/ports/git-store.ts';

const adminToken = 'admin';

interface World {
  readonly folder: ReturnType<typeof temporaryFolder>;
  readonly remote: Remote;
  readonly pushes: readonly ReceivedPush[];
  runner(name: string, choice?: GitLedgerChoice): Promise<GitLedgerUnderTest>;
  /** Lets the next request of that kind go wrong. */
  fault(kind: 'cut-after' | 'error-before', path: string, times?: number): Promise<void>;
}

async function world(options: ForgeOptions = {}): Promise<World> {
  const folder = temporaryFolder();
  const pushes: ReceivedPush[] = [];
  const forge: Forge = await startForge({ ...options, adminToken, onPush: (push) => pushes.push(push) });
  onTestFinished(async () => {
    await forge.close();
    folder[Symbol.dispose]();
  });
  await forge.createRepository({ owner: 'acme', name: 'thing' });
  const remote = { url: `${forge.html}/acme/thing.git`, token: forge.userToken };
  return {
    folder,
    remote,
    pushes,
    runner: (name, choice) => gitLedgerOn(remote, folder.file(name), choice),
    async fault(kind, path, times = 1) {
      const body = JSON.stringify({ on: 'request', path, times, fault: { kind } });
      const headers = { authorization: `Bearer ${adminToken}` };
      const answer = await fetch(`${forge.html}/_forge/faults`, { method: 'POST', headers, body });
      expect(answer.ok).toBe(true);
    },
  };
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

it('waits out a server that takes six pushes a minute, and finishes every one of two runners', async () => {
  const clock = pacedClock();
  const { runner, pushes } = await world({ clock: clock.now, limits: {} });
  const { patience } = clock;
  const [one, two] = [await runner('one', { patience }), await runner('two', { patience })];
  await open(one);
  await two.follow([convoyOne]);
  for (const text of ['a', 'b', 'c']) await Promise.all([note(one, text), note(two, text)]);
  expect(pushes.filter(({ admitted }) => !admitted).length).toBeGreaterThan(0);
  await one.follow([convoyOne]);
  expect(notesOf(one).toSorted()).toEqual(['a', 'a', 'b', 'b', 'c', 'c']);
  // Seven pushes at least: the last of them has to wait for the first to be a minute old.
  expect(clock.waitedMs()).toBeGreaterThanOrEqual(60_000);
  await Promise.all([one.close(), two.close()]);
});

it('finds a push whose answer was cut off, and doubles nothing, not even what it was not asked for', async () => {
  const { runner, fault } = await world();
  const one = await runner('one');
  await open(one);
  await one.append({ stream: convoyOne, expected: 'must-exist', events: [spent(0.5)], ...provenance });
  await fault('cut-after', 'git-receive-pack');
  await note(one, 'a');
  const other = await runner('other');
  await other.follow([convoyOne]);
  expect(other.read(convoyOne).map(({ type }) => type)).toEqual([
    'ConvoyOpened',
    'BeadCreated',
    'BudgetSpent',
    'BeadNoted',
  ]);
  expect(one.read(convoyOne)).toEqual(other.read(convoyOne));
  await Promise.all([one.close(), other.close()]);
});

it('makes a push again that the server did not take, and says so where it goes on not to', async () => {
  const { runner, fault } = await world();
  const { patience } = pacedClock();
  const one = await runner('one', { patience });
  await open(one);
  await fault('error-before', 'git-receive-pack', 3);
  await note(one, 'a');
  expect(notesOf(one)).toEqual(['a']);
  const impatient = await runner('impatient');
  await impatient.follow([convoyOne]);
  await fault('error-before', 'git-receive-pack');
  await expect(note(impatient, 'b')).rejects.toMatchObject({ name: 'PushUnanswered' });
  expect(notesOf(impatient)).toEqual(['a']);
  await impatient.close();
  await one.close();
});

it('moves what an event names in the very push that has the event, wherever that stood before', async () => {
  const { runner, pushes, remote, folder } = await world();
  const beside = folder.file('rig.git');
  const clock = (): Date => new Date();
  const rig = await createRefStore({ repository: beside, remote: async () => remote, clock });
  const made = (text: string) => {
    const files = new Map([['made.txt', Buffer.from(text)]]);
    return rig.commit({ parents: [], files, message: text });
  };
  const ref = 'refs/gas-town/work/12.1';
  const one = await runner('one', { beside });
  await open(one);
  one.carry(ref, await made('first'));
  await note(one, 'a');
  expect(pushes.at(-1)?.moved.toSorted()).toEqual(['refs/gas-town/convoy/12', ref]);
  const other = await runner('other', { beside });
  await other.follow([convoyOne]);
  const second = await made('second');
  other.carry(ref, second);
  await note(other, 'b');
  expect((await rig.list(ref)).get(ref)).toBe(second);
  expect(notesOf(other)).toEqual(['a', 'b']);
  const third = await made('third');
  one.carry(ref, third);
  await one.close();
  expect((await rig.list(ref)).get(ref)).toBe(third);
  await other.close();
});
