import { expect } from 'vitest';
import { adminToken, type ForgeUnderTest, owner, repo } from '../testing/forge-under-test.ts';

const here = { owner, repo };

/** Every operation on workflows and dispatches. Needs a `main` branch that takes commits. */
export async function tourActions(under: ForgeUnderTest): Promise<void> {
  const bot = under.as(await under.installationToken());
  const file = (name: string, text: string) =>
    bot.rest.repos.createOrUpdateFileContents({
      ...here,
      path: `.github/workflows/${name}`,
      message: 'A workflow',
      content: Buffer.from(text).toString('base64'),
    });
  await file('bead.yml', 'on: workflow_dispatch\n');
  await file('push.yml', 'on: push\n');
  const all = (await bot.rest.actions.listRepoWorkflows(here)).data.workflows;
  expect(all.map((one) => one.path)).toEqual(['.github/workflows/bead.yml', '.github/workflows/push.yml']);
  const bead = { ...here, workflow_id: 'bead.yml' };
  expect((await bot.rest.actions.getWorkflow(bead)).data.id).toBe(all[0]?.id);
  const sent = await bot.rest.actions.createWorkflowDispatch({
    ...bead,
    ref: 'main',
    inputs: { bead: '12.3' },
  });
  expect(sent.status).toBe(204);
  const push = { ...here, workflow_id: 'push.yml', ref: 'main' };
  await expect(bot.rest.actions.createWorkflowDispatch(push)).rejects.toMatchObject({ status: 422 });
  await expect(bot.rest.actions.createWorkflowDispatch({ ...bead, ref: 'nowhere' })).rejects.toMatchObject({
    status: 422,
  });
  const runs = (await bot.rest.actions.listWorkflowRunsForRepo({ ...here, status: 'queued' })).data
    .workflow_runs;
  expect(runs).toMatchObject([{ event: 'workflow_dispatch', head_branch: 'main', run_number: 1 }]);
  expect((await bot.rest.actions.listWorkflowRuns(bead)).data.total_count).toBe(1);
  const run = { ...here, run_id: Number(runs[0]?.id) };
  const body = JSON.stringify({ run: run.run_id, status: 'in_progress' });
  const headers = { authorization: `Bearer ${adminToken}` };
  await fetch(`${under.forge.html}/_forge/runs`, { method: 'POST', headers, body });
  expect((await bot.rest.actions.getWorkflowRun(run)).data.status).toBe('in_progress');
  await bot.rest.actions.cancelWorkflowRun(run);
  expect((await bot.rest.actions.getWorkflowRun(run)).data).toMatchObject({
    status: 'completed',
    conclusion: 'cancelled',
  });
  await expect(bot.rest.actions.cancelWorkflowRun(run)).rejects.toMatchObject({ status: 409 });
  await bot.rest.repos.createDispatchEvent({
    ...here,
    event_type: 'sample.collected',
    client_payload: { bead: '1.1' },
  });
}
