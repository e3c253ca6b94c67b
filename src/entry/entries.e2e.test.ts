import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Octokit } from '@octokit/rest';
import Dockerode from 'dockerode';
import { expect, onTestFinished, test } from 'vitest';
import { webhooksPath } from '../adapters/github/open-probot.ts';
import { roleName } from '../domain/session/events.ts';
import { type Forge, startForge } from '../forge/index.ts';
import { testEngine } from '../testing/engine.ts';
import { startGastown } from '../testing/gastown/gastown-process.ts';
import { someThere, twoFiles } from '../testing/gastown/two-files.ts';
import { temporaryFolder } from '../testing/git/temporary-folder.ts';
import { rehearsalModel } from '../testing/rehearsal/script.ts';
import { startRehearsalModel } from '../testing/rehearsal/start-rehearsal-model.ts';

const at = { owner: 'acme', repo: 'thing' };

/** A GitHub with one repository that says how it is verified, a rehearsal model, and an environment that names both. */
async function world(): Promise<{ forge: Forge; owner: Octokit; env: NodeJS.ProcessEnv; folder: string }> {
  const folder = await temporaryFolder();
  const model = await startRehearsalModel(twoFiles);
  const forge = await startForge({});
  onTestFinished(async () => {
    await forge.close();
    await model.close();
  });
  await forge.createRepository({ owner: at.owner, name: at.repo });
  const owner = new Octokit({ baseUrl: forge.api, auth: forge.userToken });
  await owner.rest.repos.createOrUpdateFileContents({
    ...at,
    path: '.github/gas-town.yml',
    message: 'Say how this is verified',
    content: Buffer.from(`verify: ${someThere}\npolecats: 2\n`).toString('base64'),
  });
  const endpoint = await testEngine();
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    ...('socketPath' in endpoint ? { DOCKER_HOST: `unix://${endpoint.socketPath}` } : {}),
    OPENAI_BASE_URL: model.baseUrl,
    OPENAI_API_KEY: 'any',
    GASTOWN_MODELS: roleName.options.map((role) => `${role}=${rehearsalModel(role)}`).join(),
    GITHUB_API_URL: forge.api,
    GITHUB_SERVER_URL: forge.html,
  };
  return { forge, owner, env, folder };
}

const containersOf = async (town: string): Promise<number> => {
  const docker = new Dockerode(await testEngine());
  return (await docker.listContainers({ all: true, filters: { label: [`gas-town.town=${town}`] } })).length;
};

test('the App: webhooks in, a verified pull request out, and a clean stop', {
  timeout: 180_000,
}, async () => {
  const { forge, owner, env, folder } = await world();
  const served = startGastown(['serve'], {
    ...env,
    APP_ID: String(forge.app.id),
    PRIVATE_KEY: forge.app.privateKey.replaceAll('\n', '\\n'),
    WEBHOOK_SECRET: forge.webhookSecret,
    PORT: '0',
    GASTOWN_PACE: 'none',
    GASTOWN_DATA: join(folder, 'data'),
  });
  const listening = await served.line(({ msg }) => /^Listening on /.test(String(msg)));
  const root = /http:\S+/.exec(String(listening.msg))?.[0] ?? '';
  expect(await (await fetch(`${root}/healthz`)).text()).toBe('ok\n');
  forge.sendWebhooksTo(`${root}${webhooksPath}`);
  await owner.rest.issues.create({ ...at, title: 'Make two files', labels: ['convoy'] });
  await served.line(({ msg }) => /opened pull request #/.test(String(msg)));
  const { data: pulls } = await owner.rest.pulls.list(at);
  expect(pulls.map(({ head, user }) => [head.ref, user?.type])).toEqual([['gas-town/convoy-1', 'Bot']]);
  const { data: checks } = await owner.rest.checks.listForRef({ ...at, ref: pulls[0]?.head.sha ?? '' });
  expect(checks.check_runs.map(({ name, conclusion }) => [name, conclusion])).toEqual([
    ['Gas Town / refinery', 'success'],
  ]);
  await owner.rest.pulls.merge({ ...at, pull_number: pulls[0]?.number ?? 0 });
  await served.line(({ msg }) => /saw the pull request merged/.test(String(msg)));
  expect(await (await fetch(`${root}/readyz`)).json()).toEqual({
    ready: true,
    checks: { town: true, engine: true },
  });
  const figures = await (await fetch(`${root}/metrics`)).text();
  expect(figures).toMatch(/^gastown_convoys\{status="landed"\} 1$/m);
  expect(figures).toMatch(/^gastown_github_quota_remaining\{resource="core"\} \d+$/m);
  expect(figures).toMatch(/^gastown_reactor_lag_events\{reactor="town"\} 0$/m);
  expect(await (await fetch(root)).text()).toContain('Make two files');
  served.kill('SIGTERM');
  const { code, said, lines } = await served.ended;
  const correlated = lines.filter(({ event }) =>
    ['BeadClosed', 'BeadLanded', 'PullRequestOpened'].includes(event ?? ''),
  );
  const [correlation, ...others] = new Set(correlated.map((line) => line.correlation));
  expect(others).toEqual([]);
  expect(lines.filter((line) => line.delivery === 'issues').map((line) => line.correlation)).toContain(
    correlation,
  );
  const secrets = [forge.webhookSecret, forge.userToken, forge.app.privateKey.split('\n')[1] ?? ''];
  expect(secrets.filter((secret) => JSON.stringify(lines).includes(secret))).toEqual([]);
  expect(said).toBe('');
  expect(code).toBe(0);
  expect(await containersOf(`app-${forge.app.id}`)).toBe(0);
  const { data: issues } = await owner.rest.issues.listForRepo({ ...at, state: 'open' });
  expect(issues).toEqual([]);
});

test('the App does not start without a webhook secret, and says so in one sentence', async () => {
  const { forge, env } = await world();
  const { WEBHOOK_SECRET: _, ...bare } = env;
  const key = forge.app.privateKey;
  const ended = await startGastown(['serve'], { ...bare, APP_ID: '1', PRIVATE_KEY: key }).ended;
  expect(ended.code).toBe(2);
  expect(ended.said.trim().split('\n')).toEqual([expect.stringContaining('WEBHOOK_SECRET')]);
});

test('the Action takes in the event that started it, once however often it is run, and leaves', {
  timeout: 120_000,
}, async () => {
  const { forge, owner, env, folder } = await world();
  const { data: issue } = await owner.rest.issues.create({
    ...at,
    title: 'Make two files',
    labels: ['convoy'],
  });
  const { data: repository } = await owner.rest.repos.get(at);
  const eventFile = join(folder, 'event.json');
  const files = { GITHUB_OUTPUT: join(folder, 'output'), GITHUB_STEP_SUMMARY: join(folder, 'summary.md') };
  const runJob = async (runner: string, event: object): Promise<void> => {
    await writeFile(eventFile, JSON.stringify({ ...event, repository, issue, sender: issue.user }));
    const { code, said } = await startGastown(['action'], {
      ...env,
      ...files,
      'INPUT_GITHUB-TOKEN': forge.makeJobToken({ repository: 'acme/thing' }),
      GITHUB_EVENT_NAME: 'issues',
      GITHUB_EVENT_PATH: eventFile,
      GITHUB_RUN_ID: '7',
      RUNNER_TEMP: join(folder, runner),
    }).ended;
    expect([code, said]).toEqual([0, '']);
  };
  const commits = async (): Promise<number> => {
    const { data } = await owner.rest.git.listMatchingRefs({ ...at, ref: 'gas-town/convoy/' });
    const sha = data[0]?.object.sha;
    if (sha === undefined) return 0;
    return (await owner.rest.repos.listCommits({ ...at, sha })).data.length;
  };

  await runJob('one', { action: 'opened' });
  expect(await commits()).toBe(0);
  const labelled = { action: 'labeled', label: { name: 'convoy' } };
  await runJob('two', labelled);
  expect(await commits()).toBe(1);
  expect(await readFile(files.GITHUB_OUTPUT, 'utf8')).toMatch(/^convoy<<(\S+)\n1\n\1\nbeads<<(\S+)\n0\n\2\n/);
  expect(await readFile(files.GITHUB_STEP_SUMMARY, 'utf8')).toMatch(/^## Convoy #1\n/);
  // A runner that knows nothing finds in the repository that this has been taken in.
  await runJob('three', labelled);
  expect(await commits()).toBe(1);
  expect((await owner.rest.pulls.list(at)).data).toEqual([]);
});
