import { expect, it } from 'vitest';
import { views } from '../../testing/actions/actions-world.ts';
import { appWorldInProcess } from '../../testing/actions/app-world.ts';
import { convoyScript } from '../../testing/town/convoy-script.ts';

const at = { owner: 'acme', repo: 'thing' };
const beads = [{ title: 'Alpha' }, { title: 'Beta' }];
const jobOf = (order: string, state: string): string => `Gas Town ${order} / work: ${state}`;

it('works a convoy with a dispatch that is refused, a queue that is full, one runner for all, and a job that is out of time', {
  timeout: 150_000,
}, async () => {
  let deaf = true;
  const said: string[] = [];
  const allPlaced = Promise.withResolvers<void>();
  // The job that holds the runner and the second bead's come into a queue; the first bead's finds its own full, and is over.
  const hear = (action: string): void => {
    said.push(action);
    if (said.filter((one) => one === 'queued').length === 2 && said.includes('completed'))
      allPlaced.resolve();
  };
  const hangs = Promise.withResolvers<void>();
  let hung = false;
  const world = await appWorldInProcess({
    script: convoyScript(beads),
    settings: { polecats: 2 },
    limits: { runners: 1, waitingInGroup: 1 },
    drops({ event, payload }) {
      if (deaf && event === 'workflow_job') hear((payload as { readonly action: string }).action);
      return deaf && event.startsWith('workflow_');
    },
    rehearsal: {
      fault({ role, about }) {
        if (role !== 'polecat' || about !== 'Beta' || hung) return null;
        hung = true;
        hangs.resolve();
        return { kind: 'hang', afterChunks: 0 };
      },
    },
  });
  const { github } = world;
  const { actions } = github.owner.rest;
  const jobs = async (): Promise<readonly string[]> => (await views(github.owner).jobs()).toSorted();
  const runOf = async (order: string) => {
    const { data } = await actions.listWorkflowRunsForRepo(at);
    return data.workflow_runs.find(({ display_title }) => display_title === `Gas Town ${order}`)?.id ?? 0;
  };

  const issue = await world.issue({ title: 'Make two files' });
  // Runs that nobody ordered hold the one runner, and the queue of the first bead.
  for (const order of [`${issue}.1.8.1`, `${issue}.1.8.2`]) {
    const inputs = { issue: String(issue), bead: '1', order };
    await actions.createWorkflowDispatch({ ...at, workflow_id: 'gas-town.yml', ref: 'main', inputs });
  }
  const limit = { kind: 'limit', status: 429, retryAfterSeconds: 1 } as const;
  await github.fault({ on: 'request', method: 'POST', path: '/dispatches', caller: 'app', fault: limit });
  await world.label(issue, 'convoy');
  await world.until(issue, ({ effects }) => {
    const ordered = effects.filter(({ kind, status }) => kind === 'workflow-run' && status === 'confirmed');
    return ordered.length === beads.length;
  });
  expect(await github.faults()).toEqual([]);
  await allPlaced.promise;
  expect(await jobs()).toEqual([
    jobOf(`${issue}.1.1.1`, 'cancelled'),
    jobOf(`${issue}.1.8.1`, 'in_progress'),
    jobOf(`${issue}.1.8.2`, 'pending'),
    jobOf(`${issue}.2.1.1`, 'queued'),
  ]);
  await github.forge.deliveriesSettled();

  deaf = false;
  for (const order of [`${issue}.1.8.2`, `${issue}.1.8.1`]) {
    await actions.cancelWorkflowRun({ ...at, run_id: await runOf(order) });
  }
  await world.reconcile();
  await hangs.promise;
  const { data } = await actions.listJobsForWorkflowRun({ ...at, run_id: await runOf(`${issue}.2.1.1`) });
  await github.expireJob(data.jobs[0]?.id ?? 0);

  const convoy = await world.until(issue, ({ pullRequest }) => pullRequest !== null);
  const tried = [...convoy.beads.values()].map(({ attempts, failures }) => ({
    attempts,
    why: failures.map(({ reason }) => reason),
  }));
  expect(tried).toEqual([
    { attempts: 1, why: [] },
    { attempts: 2, why: ['its run was cancelled'] },
  ]);
  await github.forge.runsSettled();
  // What nobody ordered is cancelled, or is told that before.
  expect((await jobs()).filter((job) => !job.includes('.8.'))).toEqual([
    jobOf(`${issue}.1.1.1`, 'cancelled'),
    jobOf(`${issue}.1.1.2`, 'success'),
    jobOf(`${issue}.2.1.1`, 'cancelled'),
    jobOf(`${issue}.2.2.1`, 'success'),
  ]);
});
