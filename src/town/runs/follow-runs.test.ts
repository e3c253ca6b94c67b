import { expect, it, vi } from 'vitest';
import { releaseBead } from '../../domain/convoy/decisions/release-bead.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { StreamId } from '../../domain/event.ts';
import type { ReceivedPush } from '../../forge/index.ts';
import { views } from '../../testing/actions/actions-world.ts';
import { appWorldInProcess } from '../../testing/actions/app-world.ts';
import { inProcessJobs } from '../../testing/actions/in-process-jobs.ts';
import { memoryRefs } from '../../testing/ledger/memory-refs.ts';
import { type BeadScript, convoyScript, polecat, works, write } from '../../testing/town/convoy-script.ts';
import type { TownUnderTest } from '../../testing/town-under-test/town-under-test.ts';

vi.setConfig({ testTimeout: 120_000 });

const titles: readonly BeadScript[] = [{ title: 'Alpha' }, { title: 'Beta', needs: [1] }];
const isShown = ({ pullRequest }: { readonly pullRequest: unknown }): boolean => pullRequest !== null;

it('has each bead worked by a run that it orders, which starts from what landed before it, and leaves no ref behind', async () => {
  // By the refs of the repository itself; what is tested below is said in memory.
  const pushes: ReceivedPush[] = [];
  const standing: Promise<readonly string[]>[] = [];
  const world: TownUnderTest = await appWorldInProcess(
    {
      script: convoyScript(titles),
      onPush(push) {
        pushes.push(push);
        standing.push(views(world.github.owner).refs());
      },
    },
    inProcessJobs(),
  );
  const issue = await world.issue({ title: 'Make two files' });
  await world.label(issue, 'convoy');
  const convoy = await world.until(issue, isShown);
  const at = { owner: 'acme', repo: 'thing' };
  const { data: files } = await world.github.owner.rest.pulls.listFiles({
    ...at,
    pull_number: convoy.pullRequest?.number ?? 0,
  });
  expect(files.map(({ filename }) => filename)).toEqual(['made-1.txt', 'made-2.txt']);
  // What was said elsewhere is in the ledger here, and what it cost is counted once.
  const sessions = world.events().filter((event) => event.type === 'SessionEnded');
  expect(sessions.length).toBeGreaterThanOrEqual(3);
  expect(convoy.beads.get(1)?.notes.map(({ text }) => text)).toEqual(['It works: seen.']);
  await world.github.forge.runsSettled();
  await world.quiet();
  await world.until(issue, ({ spentByBead }) => spentByBead.has(1) && spentByBead.has(2));
  // As few as with no server, and of what every push is answered with no more refs.
  expect(pushes.length).toBeLessThanOrEqual(6 * titles.length + 10);
  const refs = (await Promise.all(standing)).map(({ length }) => length);
  expect(Math.max(...refs)).toBeLessThanOrEqual(2 * titles.length + 10);
  await world.github.owner.rest.pulls.merge({ ...at, pull_number: convoy.pullRequest?.number ?? 0 });
  await world.until(issue, ({ cleared }) => cleared);
  await world.quiet();
  expect(await views(world.github.owner).refs()).toEqual([]);
  expect(world.troubles).toEqual([]);
});

it('works two convoys at once, each on a stream of its own', async () => {
  const world = await appWorldInProcess({ script: convoyScript([{ title: 'Alpha' }]) });
  const issues = [await world.issue({ title: 'One file' }), await world.issue({ title: 'Another file' })];
  await Promise.all(issues.map((issue) => world.label(issue, 'convoy')));
  const convoys = await Promise.all(issues.map((issue) => world.until(issue, isShown)));
  expect(new Set(convoys.map(({ stream }) => stream)).size).toBe(2);
  expect(convoys.map(({ beads }) => beads.get(1)?.attempts)).toEqual([1, 1]);
  await world.github.forge.runsSettled();
});

it('lets a run make a new bead, and tells it which one it is', async () => {
  const script = convoyScript([{ title: 'Alpha' }]);
  const creates = {
    say: 'More is to be done.',
    calls: [
      {
        name: 'bead',
        arguments: { action: 'create', title: 'Delta', description: 'Later.', acceptance: 'It is.' },
      },
    ],
  };
  const [mayor, , ...others] = script.parts;
  if (mayor === undefined) throw new Error('a script without a Mayor');
  const parts = [mayor, polecat('Alpha', [creates, ...works(1)]), ...others];
  const world = await appWorldInProcess({ script: { parts } });
  const issue = await world.issue({ title: 'Make a file' });
  await world.label(issue, 'convoy');
  const convoy = await world.until(issue, isShown);
  expect(convoy.beads.get(2)).toMatchObject({ title: 'Delta', slung: false });
  await world.github.forge.runsSettled();
  await world.quiet();
  const told = world.events().flatMap((event) => (event.type === 'ToolFinished' ? [event.data.result] : []));
  expect(told).toContainEqual(expect.stringContaining('Created bead 2'));
});

it('stops a run whose bead was taken from it, and has another work it', async () => {
  const begun = Promise.withResolvers<void>();
  let held = false;
  const world = await appWorldInProcess({
    script: convoyScript([{ title: 'Alpha', steps: [write('made-1.txt'), ...works(1)] }]),
    rehearsal: {
      fault({ role, step }) {
        if (role !== 'polecat' || step !== 1 || held) return null;
        held = true;
        begun.resolve();
        return { kind: 'hang', afterChunks: 0 };
      },
    },
  });
  const issue = await world.issue({ title: 'Make a file' });
  await world.label(issue, 'convoy');
  await begun.promise;
  const { stream, beads } = world.convoy(issue);
  const session = beads.get(1)?.lease?.session ?? '';
  await world.ledger.decide({
    stream: stream as StreamId,
    fold: convoyFold,
    actor: 'witness',
    cause: 'test',
    decide: (state) => releaseBead(state, { bead: 1, session, reason: 'for a test', summary: '' }),
  });
  const convoy = await world.until(issue, isShown);
  expect(convoy.beads.get(1)?.attempts).toBe(2);
  await world.github.forge.runsSettled();
  // Both runs ended by themselves: nobody had to kill the first.
  expect([...convoy.endedRuns.values()]).not.toContain('cancelled');
});

it('finds out by itself how a run ended of which no webhook told, and what a restarted town had not answered', async () => {
  const jobs = inProcessJobs({ refStore: memoryRefs().store });
  let deaf = true;
  const world = await appWorldInProcess(
    {
      script: convoyScript([{ title: 'Alpha' }]),
      drops: ({ event }) => deaf && event.startsWith('workflow_'),
    },
    jobs,
  );
  const issue = await world.issue({ title: 'Make a file' });
  await world.label(issue, 'convoy');
  await world.until(issue, ({ effects }) =>
    effects.some(({ kind, status }) => kind === 'workflow-run' && status === 'confirmed'),
  );
  await world.restart();
  await world.reconcile();
  const convoy = await world.until(issue, isShown);
  deaf = false;
  expect(convoy.beads.get(1)?.attempts).toBe(1);
  await world.github.forge.runsSettled();
  await world.reconcile();
  expect([...world.convoy(issue).endedRuns.values()]).toEqual(['success']);
});
