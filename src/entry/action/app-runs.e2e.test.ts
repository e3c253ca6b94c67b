import { expect, onTestFinished, test } from 'vitest';
import type { Bead } from '../../domain/bead/bead.ts';
import { actionsOf } from '../../testing/actions/actions-of.ts';
import { removeLeft, views } from '../../testing/actions/actions-world.ts';
import { appWorld } from '../../testing/actions/app-world.ts';
import { convoyScript } from '../../testing/town/convoy-script.ts';
import { runOfRunner } from '../../town/ports/bead-runs.ts';

const beads = [{ title: 'Alpha' }, { title: 'Beta' }, { title: 'Gamma' }];

test('App and runs: one job killed, one cancelled, one lost, and the convoy still ends right', {
  timeout: 400_000,
}, async () => {
  onTestFinished(removeLeft);
  const kills = new Map<number, AbortController>();
  const stuck = new Set<string>();
  const allStuck = Promise.withResolvers<void>();
  const world = await appWorld({
    script: convoyScript(beads),
    settings: { verify: 'ls made-1.txt made-2.txt made-3.txt || ls made-*.txt', polecats: 3 },
    rehearsal: {
      // Each bead's first attempt hears nothing of its model any more.
      fault({ role, about }) {
        if (role !== 'polecat' || about === null || stuck.has(about)) return null;
        stuck.add(about);
        if (stuck.size === beads.length) allStuck.resolve();
        return { kind: 'hang', afterChunks: 0 };
      },
    },
    actions: async (model) => {
      const actions = await actionsOf(model, { GASTOWN_PACE: 'none' });
      return {
        ...actions,
        runAction(call) {
          const kill = new AbortController();
          kills.set(Number(call.env.GITHUB_RUN_ID), kill);
          return actions.runAction({ ...call, kill: AbortSignal.any([call.kill, kill.signal]) });
        },
      };
    },
  });
  const { github } = world;
  const at = { owner: github.repository.owner, repo: github.repository.repo };
  const issue = await world.issue({ title: 'Make three files' });
  await world.label(issue, 'convoy');
  await allStuck.promise;

  const runOf = (bead: Bead | undefined): number => runOfRunner(bead?.lease?.runner ?? '') ?? 0;
  const runs = [1, 2, 3].map((number) => runOf(world.convoy(issue).beads.get(number)));
  const [killed = 0, cancelled = 0, lost = 0] = runs.toSorted((a, b) => a - b);
  const { data } = await github.owner.rest.actions.listJobsForWorkflowRun({ ...at, run_id: lost });
  kills.get(killed)?.abort();
  await github.owner.rest.actions.cancelWorkflowRun({ ...at, run_id: cancelled });
  await github.loseRunner(data.jobs[0]?.id ?? 0);

  const convoy = await world.until(issue, ({ pullRequest }) => pullRequest !== null);
  const how = [killed, cancelled, lost].map((run) => convoy.endedRuns.get(run));
  expect(how).toEqual(['failure', 'cancelled', 'failure']);
  const worked = [...convoy.beads.values()];
  expect(worked.map(({ attempts, failures }) => [attempts, failures.length])).toEqual([
    [2, 1],
    [2, 1],
    [2, 1],
  ]);
  expect(worked.flatMap(({ failures }) => failures.map(({ reason }) => reason)).toSorted()).toEqual([
    'its run ended: failure',
    'its run ended: failure',
    'its run was cancelled',
  ]);
  const { data: files } = await github.owner.rest.pulls.listFiles({
    ...at,
    pull_number: convoy.pullRequest?.number ?? 0,
  });
  expect(files.map(({ filename }) => filename)).toEqual(['made-1.txt', 'made-2.txt', 'made-3.txt']);
  // What agents said on runners elsewhere is in the App's ledger, closed to everybody else.
  expect(world.events().filter(({ type }) => type === 'SessionEnded').length).toBeGreaterThanOrEqual(
    beads.length,
  );

  await github.forge.runsSettled();
  await world.quiet();
  await github.owner.rest.pulls.merge({ ...at, pull_number: convoy.pullRequest?.number ?? 0 });
  await world.until(issue, ({ cleared }) => cleared);
  await world.quiet();
  expect(await views(github.owner).refs()).toEqual([]);
});
