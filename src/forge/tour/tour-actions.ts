import { expect } from 'vitest';
import { type ForgeUnderTest, owner, repo } from '../testing/forge-under-test.ts';
import type { PlayedActions } from '../testing/played-action.ts';

const here = { owner, repo };

const bead = `on:
  workflow_dispatch: { inputs: { bead: {} } }
jobs:
  work: { runs-on: ubuntu-24.04, steps: [{ uses: acme/probe@v1 }] }
`;

/** Every operation on workflows, their runs and jobs, and dispatches. Needs a `main` branch that takes commits. */
export async function tourActions(under: ForgeUnderTest, played: PlayedActions): Promise<void> {
  const bot = under.as(await under.installationToken());
  const file = (name: string, text: string) =>
    bot.rest.repos.createOrUpdateFileContents({
      ...here,
      path: `.github/workflows/${name}`,
      message: 'A workflow',
      content: Buffer.from(text).toString('base64'),
    });
  await file('bead.yml', bead);
  await file('push.yml', 'on: push\n');
  const all = (await bot.rest.actions.listRepoWorkflows(here)).data.workflows;
  expect(all.map((one) => one.path)).toEqual(['.github/workflows/bead.yml', '.github/workflows/push.yml']);
  const by = { ...here, workflow_id: 'bead.yml' };
  expect((await bot.rest.actions.getWorkflow(by)).data.id).toBe(all[0]?.id);
  const sent = await bot.rest.actions.createWorkflowDispatch({
    ...by,
    ref: 'main',
    inputs: { bead: '12.3' },
  });
  expect(sent.status).toBe(204);
  const push = { ...here, workflow_id: 'push.yml', ref: 'main' };
  await expect(bot.rest.actions.createWorkflowDispatch(push)).rejects.toMatchObject({ status: 422 });
  await expect(bot.rest.actions.createWorkflowDispatch({ ...by, ref: 'nowhere' })).rejects.toMatchObject({
    status: 422,
  });
  const first = await played.next();
  const runs = (await bot.rest.actions.listWorkflowRunsForRepo({ ...here, status: 'in_progress' })).data
    .workflow_runs;
  expect(runs).toMatchObject([{ event: 'workflow_dispatch', head_branch: 'main', run_number: 1 }]);
  const run = { ...here, run_id: Number(runs[0]?.id) };
  const [job] = (await bot.rest.actions.listJobsForWorkflowRun(run)).data.jobs;
  const one = { ...here, job_id: Number(job?.id) };
  expect((await bot.rest.actions.getJobForWorkflowRun(one)).data.status).toBe('in_progress');
  await expect(bot.rest.actions.downloadJobLogsForWorkflowRun(one)).rejects.toMatchObject({ status: 404 });
  first.call.write('Working\n');
  await bot.rest.actions.cancelWorkflowRun(run);
  await under.forge.runsSettled();
  expect(String((await bot.rest.actions.downloadJobLogsForWorkflowRun(one)).data)).toContain('Working');
  expect((await bot.rest.actions.getWorkflowRun(run)).data).toMatchObject({
    status: 'completed',
    conclusion: 'cancelled',
  });
  await expect(bot.rest.actions.cancelWorkflowRun(run)).rejects.toMatchObject({ status: 409 });
  expect((await bot.rest.actions.listWorkflowRuns(by)).data.total_count).toBe(1);
  await bot.rest.actions.reRunWorkflow(run);
  await expect(bot.rest.actions.reRunWorkflow(run)).rejects.toMatchObject({ status: 403 });
  await (await played.next()).end(1);
  await under.forge.runsSettled();
  await bot.rest.actions.reRunWorkflowFailedJobs(run);
  const third = await played.next();
  expect(third.call.env.GITHUB_RUN_ATTEMPT).toBe('3');
  await third.end(0);
  await under.forge.runsSettled();
  expect((await bot.rest.actions.getWorkflowRun(run)).data).toMatchObject({
    run_attempt: 3,
    conclusion: 'success',
  });
  expect((await bot.rest.actions.listJobsForWorkflowRun({ ...run, filter: 'all' })).data.total_count).toBe(3);
  await bot.rest.repos.createDispatchEvent({
    ...here,
    event_type: 'sample.collected',
    client_payload: { bead: '1.1' },
  });
}
