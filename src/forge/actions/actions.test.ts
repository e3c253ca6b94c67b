import { afterEach, beforeEach, expect, test } from 'vitest';
import { adminToken, type ForgeUnderTest, forgeUnderTest, owner, repo } from '../testing/forge-under-test.ts';
import { type PlayedActions, playedActions } from '../testing/played-action.ts';

const here = { owner, repo };
let played: PlayedActions;
let under: ForgeUnderTest;
let user: ReturnType<ForgeUnderTest['as']>;

beforeEach(async () => {
  played = playedActions({ secrets: { KEY: 'open sesame' }, variables: { MODEL: 'tiny' }, runners: 3 });
  under = await forgeUnderTest({ actions: played.options, adminToken });
  user = under.as(under.forge.userToken);
});

afterEach(async () => {
  expect(await under.close()).toEqual([]);
  expect(played.running()).toBe(0);
});

const probe = `
    runs-on: ubuntu-24.04
    permissions: { issues: write, actions: write }
    steps:
      - id: probe
        uses: acme/probe@v1
        with:`;
const dispatch = 'workflow_dispatch: { inputs: { issue: { type: string, required: true } } }';

async function write(on: string, jobs: string, name = 'town.yml'): Promise<void> {
  const text = `name: Town\nrun-name: Town \${{ inputs.issue }}\non: { ${on} }\njobs:\n${jobs}`;
  const content = Buffer.from(text).toString('base64');
  const path = `.github/workflows/${name}`;
  await user.rest.repos.createOrUpdateFileContents({ ...here, path, message: 'A workflow', content });
}

async function start(issue: string): Promise<number> {
  const inputs = { issue };
  const run = { ...here, workflow_id: 'town.yml', ref: 'main', inputs, return_run_details: true };
  const { data } = await user.request(
    'POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches',
    run,
  );
  return (data as unknown as { workflow_run_id: number }).workflow_run_id;
}

const run = async (run_id: number) => (await user.rest.actions.getWorkflowRun({ ...here, run_id })).data;
const jobs = async (run_id: number) =>
  (await user.rest.actions.listJobsForWorkflowRun({ ...here, run_id })).data.jobs;
const states = async (run_id: number) =>
  (await jobs(run_id)).map((job) => `${job.name} ${job.conclusion ?? job.status}`);
const log = async (job_id: number) =>
  String((await user.rest.actions.downloadJobLogsForWorkflowRun({ ...here, job_id })).data);

test('a dispatch runs its job with the documented environment, event file, inputs, outputs, token and masked log', async () => {
  await write(
    dispatch,
    `  work:\n    outputs: { word: "\${{ steps.probe.outputs.word }}" }${probe} { say: "\${{ inputs.issue }} \${{ vars.MODEL }} \${{ secrets.KEY }}" }
  settle:\n    needs: work\n    if: always()${probe} { say: "\${{ needs.work.result }} \${{ needs.work.outputs.word }}" }\n`,
  );
  const id = await start('7');
  const { call, event, end } = await played.next();
  expect(call.args).toEqual(['probe', '7 tiny open sesame']);
  expect(call.env).toMatchObject({
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_EVENT_NAME: 'workflow_dispatch',
    GITHUB_API_URL: under.forge.api,
    GITHUB_REPOSITORY: `${owner}/${repo}`,
    GITHUB_REF: 'refs/heads/main',
    GITHUB_RUN_ID: String(id),
    GITHUB_JOB: 'work',
    GITHUB_ACTOR: owner,
    INPUT_SAY: '7 tiny open sesame',
  });
  expect(await event()).toMatchObject({
    inputs: { issue: '7' },
    repository: { full_name: `${owner}/${repo}` },
  });
  const job = under.as(call.env.GITHUB_TOKEN ?? '');
  expect((await job.rest.issues.create({ ...here, title: 'By the job' })).data.user?.login).toBe(
    'github-actions[bot]',
  );
  await expect(
    job.rest.repos.createOrUpdateFileContents({ ...here, path: 'x', message: 'x', content: '' }),
  ).rejects.toMatchObject({ status: 403 });
  call.write(`the key is open sesame, the token ${call.env.GITHUB_TOKEN}\n::add-mask::hush\nhush now`);
  expect((await run(id)).status).toBe('in_progress');
  await end(3, { word: 'done' });
  const settle = await played.next();
  expect(settle.call.args).toEqual(['probe', 'failure done']);
  await expect(job.rest.repos.get(here)).rejects.toMatchObject({ status: 401 });
  await settle.end(0);
  await under.forge.runsSettled();
  expect(await run(id)).toMatchObject({
    status: 'completed',
    conclusion: 'failure',
    display_title: 'Town 7',
  });
  expect(await states(id)).toEqual(['work failure', 'settle success']);
  const text = await log((await jobs(id))[0]?.id ?? 0);
  expect(text).toContain('the key is ***, the token ***\n');
  expect(text).toContain('*** now');
  expect(text).toContain('##[error]Process completed with exit code 3.');
  await under.forge.deliveriesSettled();
  const names = under.webhooks.names().filter((name) => name.startsWith('workflow_'));
  expect(names).toEqual([
    'workflow_dispatch',
    'workflow_run.requested',
    'workflow_job.queued',
    'workflow_run.in_progress',
    'workflow_job.in_progress',
    'workflow_job.completed',
    'workflow_job.queued',
    'workflow_job.in_progress',
    'workflow_job.completed',
    'workflow_run.completed',
  ]);
});

test("events start the workflows that listen to them, but none that a job's token caused, except by dispatch", async () => {
  const say = `${probe} { say: "\${{ github.event_name }} \${{ github.event.label.name || github.event.action }}" }\n`;
  const on =
    'issues: { types: [labeled] }, repository_dispatch: {}, workflow_dispatch: { inputs: { issue: {} } }';
  await write(on, `  work:\n    if: github.event.label.name != 'bug'${say}`);
  await user.rest.issues.create({ ...here, title: 'One', labels: ['convoy'] });
  const first = await played.next();
  expect(first.call.args[1]).toBe('issues convoy');
  const job = under.as(first.call.env.GITHUB_TOKEN ?? '');
  await job.rest.issues.addLabels({ ...here, issue_number: 1, labels: ['polecat'] });
  await job.rest.actions.createWorkflowDispatch({ ...here, workflow_id: 'town.yml', ref: 'main' });
  const second = await played.next();
  expect(second.call.args[1]).toBe('workflow_dispatch ');
  await user.rest.issues.addLabels({ ...here, issue_number: 1, labels: ['bug'] });
  await user.rest.repos.createDispatchEvent({ ...here, event_type: 'go' });
  const third = await played.next();
  expect(third.call.args[1]).toBe('repository_dispatch go');
  for (const call of [first, second, third]) await call.end(0);
  await under.forge.runsSettled();
  const all = (await user.rest.actions.listWorkflowRunsForRepo(here)).data.workflow_runs;
  expect(all.map((one) => `${one.event} ${one.conclusion}`)).toEqual([
    'repository_dispatch success',
    'issues skipped',
    'workflow_dispatch success',
    'issues success',
  ]);
});

test('jobs of one group run one after another, all of them with queue max, and no more at once than there are runners', async () => {
  const group = `    concurrency: { group: "g-\${{ inputs.issue }}", queue: max }`;
  await write(dispatch, `  work:\n${group}${probe} { say: "\${{ inputs.issue }}" }\n`);
  const ids = [await start('1'), await start('1'), await start('1')];
  const first = await played.next();
  const others = [await start('2'), await start('3'), await start('4')];
  const [second, third] = [await played.next(), await played.next()];
  expect([second.call.args[1], third.call.args[1]]).toEqual(['2', '3']);
  expect((await Promise.all(ids.map(states))).flat()).toEqual([
    'work in_progress',
    'work pending',
    'work pending',
  ]);
  await second.end(0);
  const fourth = await played.next();
  expect(fourth.call.args[1]).toBe('4');
  await fourth.end(0);
  await first.end(0);
  for (const _ of [2, 3]) {
    const next = await played.next();
    expect(next.call.args[1]).toBe('1');
    await next.end(0);
  }
  await third.end(0);
  await under.forge.runsSettled();
  expect(played.mostAtOnce()).toBe(3);
  expect(await Promise.all([...ids, ...others].map(async (id) => (await run(id)).conclusion))).toEqual(
    Array.from({ length: 6 }, () => 'success'),
  );
});

test('a cancelled run interrupts its jobs, and those that run always still do', async () => {
  await write(
    dispatch,
    `  work:${probe} {}\n  settle:\n    needs: work\n    if: always()${probe} { say: "\${{ needs.work.result }}" }\n`,
  );
  const id = await start('1');
  await played.next();
  await user.rest.actions.cancelWorkflowRun({ ...here, run_id: id });
  const settle = await played.next();
  expect(settle.call.args[1]).toBe('cancelled');
  await settle.end(0);
  await under.forge.runsSettled();
  expect((await run(id)).conclusion).toBe('cancelled');
  expect(await states(id)).toEqual(['work cancelled', 'settle success']);
  expect(await log((await jobs(id))[0]?.id ?? 0)).toContain('##[error]The operation was canceled.');
});

test('a run is run again whole, or from the jobs that failed, with the outputs of those that did not', async () => {
  const outputs = `    outputs: { word: "\${{ steps.probe.outputs.word }}" }`;
  await write(
    dispatch,
    `  first:\n${outputs}${probe} {}\n  second:\n    needs: first${probe} { say: "\${{ needs.first.outputs.word }} \${{ github.run_attempt }}" }\n`,
  );
  const id = await start('1');
  await (await played.next()).end(0, { word: 'kept' });
  await (await played.next()).end(1);
  await under.forge.runsSettled();
  await user.rest.actions.reRunWorkflowFailedJobs({ ...here, run_id: id });
  const again = await played.next();
  expect(again.call.args[1]).toBe('kept 2');
  await again.end(0);
  await under.forge.runsSettled();
  expect(await run(id)).toMatchObject({ run_attempt: 2, conclusion: 'success' });
  expect(await states(id)).toEqual(['first success', 'second success']);
});

test('a job that is out of time is cancelled, and one whose runner is lost has failed', async () => {
  await write(dispatch, `  slow:\n    timeout-minutes: 0.001${probe} {}\n  lost:${probe} {}\n`);
  const id = await start('1');
  const calls = [await played.next(), await played.next()];
  const lost = calls.find(({ call }) => call.env.GITHUB_JOB === 'lost');
  const job = (await jobs(id)).find((one) => one.name === 'lost');
  const headers = { authorization: `Bearer ${adminToken}` };
  const body = JSON.stringify({ job: job?.id });
  const told = await fetch(`${under.forge.html}/_forge/runners/lose`, { method: 'POST', headers, body });
  expect([told.status, lost?.call.kill.aborted]).toEqual([204, true]);
  await under.forge.runsSettled();
  expect(await states(id)).toEqual(['slow cancelled', 'lost failure']);
  const [slow] = await jobs(id);
  expect(await log(slow?.id ?? 0)).toContain('exceeded the maximum execution time');
  expect(await log(job?.id ?? 0)).toContain('lost communication');
});

test('what is not known of a workflow, or of its action, is said in the log of a run that fails', async () => {
  await write('issues: {}', `  work:\n    strategy: { matrix: { a: [1] } }${probe} {}\n`, 'matrix.yml');
  await write('issues: {}', '  work:\n    runs-on: x\n    steps: [{ uses: acme/other@v1 }]\n', 'other.yml');
  await write('push: {}', '  ci:\n    runs-on: x\n    steps: [{ run: make }]\n', 'ci.yml');
  await user.rest.issues.create({ ...here, title: 'One' });
  await under.forge.runsSettled();
  const all = (await user.rest.actions.listWorkflowRunsForRepo(here)).data.workflow_runs;
  const told = await Promise.all(
    all.map(async (one) => `${one.path} ${one.conclusion} ${await log((await jobs(one.id))[0]?.id ?? 0)}`),
  );
  expect(told).toEqual([
    expect.stringMatching(/other\.yml failure [\s\S]*acme\/other@v1 can't be run here/),
    expect.stringMatching(/matrix\.yml startup_failure [\s\S]*Unrecognized key: "strategy"/),
  ]);
});

test('a schedule starts its workflow in the minute that it names, and a wrong dispatch none', async () => {
  await write(`schedule: [{ cron: "*/15 * * * *" }], ${dispatch}`, `  work:${probe} {}\n`);
  await under.forge.fireSchedules(new Date('2026-11-22T10:14:30Z'));
  await under.forge.fireSchedules(new Date('2026-11-22T10:15:30Z'));
  const { call, event, end } = await played.next();
  expect(call.env.GITHUB_EVENT_NAME).toBe('schedule');
  expect(await event()).toMatchObject({ schedule: '*/15 * * * *' });
  await end(0);
  await under.forge.runsSettled();
  const wrong = user.rest.actions.createWorkflowDispatch({ ...here, workflow_id: 'town.yml', ref: 'main' });
  await expect(wrong).rejects.toMatchObject({
    status: 422,
    message: expect.stringContaining("'issue' not provided"),
  });
  expect((await user.rest.actions.listWorkflowRunsForRepo(here)).data.total_count).toBe(1);
});
