import { expect, it, onTestFinished } from 'vitest';
import { startForge } from '../../forge/index.ts';
import { gitLedgerOn } from '../../testing/ledger/git-ledger.ts';
import { runScript } from '../../testing/ledger/run-script.ts';
import { convoyOne, convoyOpened, provenance } from '../../testing/ledger/sample-events.ts';
import { temporaryFolder } from '../../testing/ledger/temporary-folder.ts';

const each = 200;

/** One by one it takes two minutes and comes to the same; what meets in one turn of the event loop shares a push. */
const atOnce = 25;

it('two jobs race to append to one stream 200 times: 400 events, none lost, none double', {
  timeout: 240_000,
}, async () => {
  using folder = temporaryFolder();
  const forge = await startForge({});
  onTestFinished(() => forge.close());
  await forge.createRepository({ owner: 'acme', name: 'thing' });
  const remote = { url: `${forge.html}/acme/thing.git`, token: forge.userToken };
  const judge = await gitLedgerOn(remote, folder.file('judge'));
  await judge.append({
    stream: convoyOne,
    expected: 'must-not-exist',
    events: [convoyOpened()],
    ...provenance,
  });

  const jobs = ['one', 'two'].map((name) =>
    runScript('race-git-appends.ts', [remote.url, folder.file(name), name, String(each), String(atOnce)]),
  );
  for (const job of jobs) expect(await job.lines.next()).toMatchObject({ value: 'ready' });
  for (const job of jobs) job.process.stdin.write(`${forge.userToken}\n`);
  const said = await Promise.all(jobs.map((job) => job.lines.next()));
  const pushes = said.map(({ value }) => Number(/^pushes (\d+)$/.exec(String(value))?.[1]));
  await Promise.all(jobs.map((job) => job.ended));

  await judge.follow([convoyOne]);
  const notes = judge
    .read(convoyOne)
    .flatMap((event) => (event.type === 'BeadNoted' ? [event.data.note] : []));
  const wanted = ['one', 'two'].flatMap((name) =>
    Array.from({ length: each }, (_, index) => `${name} ${index + 1}`),
  );
  expect(notes.toSorted()).toEqual(wanted.toSorted());
  // Each job's own order is kept.
  for (const name of ['one', 'two']) {
    expect(notes.filter((note) => note.startsWith(name))).toEqual(
      wanted.filter((note) => note.startsWith(name)),
    );
  }
  // They did meet: at least one push had to be made again.
  expect(pushes.reduce((sum, count) => sum + count, 0)).toBeGreaterThan((2 * each) / atOnce);
  await judge.close();
});
