import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Octokit } from '@octokit/rest';
import { expect, test } from 'vitest';
import { startForge } from '../start-forge.ts';
import { owner, repo } from '../testing/forge-under-test.ts';
import { playedActions } from '../testing/played-action.ts';

const here = { owner, repo };
const workflow = `on: { issues: { types: [opened] } }
jobs:
  work:
    runs-on: x
    concurrency: { group: one, queue: max }
    steps: [{ uses: acme/probe@v1 }]
`;

test('a forge that was ended has lost the jobs that ran, and starts those that waited', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'forge-test-'));
  const before = playedActions();
  const first = await startForge({ folder, actions: before.options });
  await first.createRepository({ owner, name: repo, seedCommit: true });
  const asUser = (forge: typeof first) => new Octokit({ baseUrl: forge.api, auth: forge.userToken });
  const content = Buffer.from(workflow).toString('base64');
  const file = { ...here, path: '.github/workflows/town.yml', message: 'x', content };
  await asUser(first).rest.repos.createOrUpdateFileContents(file);
  for (const title of ['One', 'Two']) await asUser(first).rest.issues.create({ ...here, title });
  const running = await before.next();
  await first.close();
  expect([running.call.kill.aborted, before.running()]).toEqual([true, 0]);

  const after = playedActions();
  const second = await startForge({ folder, actions: after.options });
  await (await after.next()).end(0);
  await second.runsSettled();
  const { data } = await asUser(second).rest.actions.listWorkflowRunsForRepo(here);
  expect(data.workflow_runs.map((run) => [run.display_title, run.conclusion])).toEqual([
    ['Two', 'success'],
    ['One', 'failure'],
  ]);
  const [job] = (
    await asUser(second).rest.actions.listJobsForWorkflowRun({
      ...here,
      run_id: data.workflow_runs[1]?.id ?? 0,
    })
  ).data.jobs;
  const log = await asUser(second).rest.actions.downloadJobLogsForWorkflowRun({
    ...here,
    job_id: job?.id ?? 0,
  });
  expect(String(log.data)).toContain('lost communication');
  await second.close();
  await rm(folder, { recursive: true });
});
