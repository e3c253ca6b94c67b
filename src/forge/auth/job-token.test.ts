import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ForgeUnderTest, forgeUnderTest, owner, repo } from '../testing/forge-under-test.ts';
import { gitClient } from '../testing/git-client.ts';

const here = { owner, repo };
let under: ForgeUnderTest;

beforeEach(async () => {
  under = await forgeUnderTest({ private: true });
});

afterEach(async () => {
  expect(await under.close()).toEqual([]);
});

test('what a job does is done by the Actions bot through the Actions App, and the App hears of it', async () => {
  const job = under.as(under.forge.makeJobToken({ repository: `${owner}/${repo}` }));
  const file = { ...here, path: 'a.txt', message: 'x', content: 'eA==' };
  const made = await job.rest.repos.createOrUpdateFileContents(file);
  const head_sha = String(made.data.commit.sha);
  const issue = (await job.rest.issues.create({ ...here, title: 'By a job' })).data;
  expect(issue).toMatchObject({
    user: { login: 'github-actions[bot]', type: 'Bot' },
    performed_via_github_app: { id: 15368, slug: 'github-actions' },
  });
  const check = (await job.rest.checks.create({ ...here, name: 'verify', head_sha })).data;
  expect(check.app?.slug).toBe('github-actions');
  await under.forge.deliveriesSettled();
  const opened = under.webhooks.received.find((one) => one.payload.action === 'opened');
  expect(opened?.payload.sender).toMatchObject({ login: 'github-actions[bot]' });
  const app = under.as(await under.installationToken());
  await expect(
    app.rest.checks.update({ ...here, check_run_id: check.id, status: 'queued' }),
  ).rejects.toMatchObject({
    status: 403,
  });
  const own = (await app.rest.checks.create({ ...here, name: 'verify', head_sha })).data;
  expect(own.check_suite?.id).not.toBe(check.check_suite?.id);
});

test('it reaches its own repository alone, with what it was granted, and never workflow files', async () => {
  await under.forge.createRepository({ owner, name: 'other', private: true });
  const repository = `${owner}/${repo}`;
  const reader = under.as(under.forge.makeJobToken({ repository, permissions: { contents: 'read' } }));
  await expect(reader.rest.repos.get({ owner, repo: 'other' })).rejects.toMatchObject({ status: 404 });
  await expect(reader.rest.issues.create({ ...here, title: 'No' })).rejects.toMatchObject({
    status: 403,
    response: { headers: { 'x-accepted-github-permissions': 'issues=write' } },
  });
  const client = await gitClient(under.forge.makeJobToken({ repository }));
  try {
    await client.git('init', '-q', '-b', 'main');
    await mkdir(path.join(client.folder, '.github/workflows'), { recursive: true });
    await writeFile(path.join(client.folder, '.github/workflows/ci.yml'), 'on: push\n');
    await client.git('add', '.');
    await client.git('commit', '-qm', 'A workflow');
    const push = client.git('push', '-q', `${under.forge.html}/${repository}.git`, 'main');
    await expect(push).rejects.toThrow(/without workflows permission/);
  } finally {
    await client.close();
  }
});
