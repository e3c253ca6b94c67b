import { readFile } from 'node:fs/promises';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import type { ApiExchange, ForgeOptions } from '../../forge/forge.ts';
import { startOwnGitHub } from '../../testing/town-under-test/own-github.ts';
import { type Hub, HubFailed } from '../../town/ports/hub.ts';
import { createHubs } from './create-hubs.ts';

async function hubUnderTest(options: ForgeOptions = {}) {
  const exchanges: ApiExchange[] = [];
  const github = await startOwnGitHub(async () => undefined, {
    ...options,
    onExchange: (exchange) => exchanges.push(exchange),
  });
  onTestFinished(() => github.close());
  const { id, owner, repo } = github.repository;
  const hub = await createHubs(github.hubs).open({ id, owner, name: repo });
  return { github, hub, exchanges };
}

const failure = (work: Promise<unknown>): Promise<HubFailed> =>
  work.then(
    () => Promise.reject(new Error('it did not fail')),
    (error: unknown) => (error instanceof HubFailed ? error : Promise.reject(error)),
  );
const issue = { title: 'Alpha', body: 'Make it.', labels: ['bead'] };
const creates = (exchanges: readonly ApiExchange[]): number =>
  exchanges.filter(({ request }) => request.operationId === 'issues/create').length;

test('who may order is what the collaborator API says: maintain is write, triage is read, a stranger is nobody', async () => {
  const { github, hub } = await hubUnderTest();
  const levels = ['admin', 'maintain', 'write', 'triage', 'read'] as const;
  for (const level of levels) await github.someone(`the-${level}`, level);
  await github.forge.addUser({ login: 'stranger' });
  const said = Object.fromEntries(
    await Promise.all(
      [...levels.map((level) => `the-${level}`), 'stranger', 'no-such-person', hub.identity].map(
        async (login) => [login, await hub.permissionOf(login)] as const,
      ),
    ),
  );
  expect(said).toEqual({
    'the-admin': 'admin',
    'the-maintain': 'write',
    'the-write': 'write',
    'the-triage': 'read',
    'the-read': 'read',
    stranger: expect.stringMatching(/^(read|none)$/),
    'no-such-person': 'none',
    // An App has no role, whatever it may do.
    'gas-town[bot]': 'none',
  });
});

test.each([
  ['is answered 502 after it was done', { kind: 'error-after', status: 502 }, 502],
  ['is cut off', { kind: 'cut-after' }, 500],
] as const)('a create that %s is sent once, and may have happened', async (_, fault, status) => {
  const { github, hub, exchanges } = await hubUnderTest();
  await github.fault({ on: 'request', method: 'POST', path: '/thing/issues', times: 1, fault });
  const failed = await failure(hub.createIssue(issue));
  expect(failed).toMatchObject({ operation: 'issues/create', outcome: 'unknown', status });
  expect(creates(exchanges)).toBe(1);
  const [found, ...others] = await hub.listIssuesSince(new Date(Date.now() - 60_000).toISOString());
  expect(others).toEqual([]);
  expect(found).toMatchObject({ title: 'Alpha', ours: true, state: 'open', labels: ['bead'] });
});

test('what GitHub refuses has not happened', async () => {
  const { hub } = await hubUnderTest();
  expect(await failure(hub.createIssue({ ...issue, title: '' }))).toMatchObject({
    outcome: 'refused',
    status: 422,
  });
  expect(await failure(hub.readIssue(99))).toMatchObject({ outcome: 'refused', status: 404 });
  expect(await failure(hub.addBlockedBy(99, 1))).toMatchObject({ outcome: 'refused', status: 404 });
});

test('when GitHub wants a pause, it is said until when', async () => {
  const { hub } = await hubUnderTest({ limits: { contentPerMinute: 1 } });
  await hub.createIssue(issue);
  const failed = await failure(hub.createIssue(issue));
  expect(failed.outcome).toBe('refused');
  expect([403, 429]).toContain(failed.status);
  expect(Date.parse(failed.retryAt ?? '')).toBeGreaterThan(Date.now());
});

test('only what the App itself wrote is ours', async () => {
  const { github, hub } = await hubUnderTest();
  const { owner, repo } = github.repository;
  const { number } = await hub.createIssue(issue);
  await hub.createComment(number, 'Ours.');
  await github.owner.rest.issues.createComment({ owner, repo, issue_number: number, body: 'Theirs.' });
  const comments = await hub.listComments(number, new Date(0).toISOString());
  expect(comments.map(({ body, ours }) => [body, ours])).toEqual([
    ['Ours.', true],
    ['Theirs.', false],
  ]);
});

test('parents and needs are read back as they were written', async () => {
  const { hub } = await hubUnderTest();
  const [parent, first, second] = await made(hub, ['Convoy', 'Alpha', 'Beta']);
  await hub.addSubIssue(parent.number, first.id);
  await hub.addSubIssue(parent.number, second.id);
  await hub.addBlockedBy(second.number, first.id);
  const reference = ({ number, id }: { number: number; id: number }) => ({ number, id });
  const open = (one: { number: number; id: number }) => ({ ...reference(one), state: 'open' });
  expect(await hub.listSubIssues(parent.number)).toEqual([open(first), open(second)]);
  expect(await hub.listBlockedBy(second.number)).toEqual([reference(first)]);
  expect(await hub.listBlockedBy(first.number)).toEqual([]);
});

test('every request names the version of the API that it was written for', async () => {
  const { hub, exchanges } = await hubUnderTest();
  await hub.createIssue(issue);
  expect(exchanges.length).toBeGreaterThan(1);
  const versions = exchanges.map(({ request }) => request.headers['x-github-api-version']);
  expect(new Set(versions)).toEqual(new Set(['2022-11-28']));
});

test('git gets a token of its own, beside the URL and not in it', async () => {
  const { hub } = await hubUnderTest();
  const { url, token } = await hub.gitRemote();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/acme\/thing\.git$/);
  expect(token).toMatch(/^ghs_/);
  expect((await hub.gitRemote()).token).not.toBe(token);
});

test('each token reaches one repository, and does there what it is for', async () => {
  const { github, hub, exchanges } = await hubUnderTest();
  await hub.defaultBranch();
  await hub.gitRemote();
  const asked = exchanges
    .filter(({ request }) => request.operationId === 'apps/create-installation-access-token')
    .map(({ request }) => request.body);
  const repository_ids = [github.repository.id];
  const manifest = z
    .object({ default_permissions: z.record(z.string(), z.string()) })
    .parse(parse(await readFile('app.yml', 'utf8')));
  const others = { issues: 'write', pull_requests: 'write', checks: 'write', actions: 'write' };
  expect(asked).toEqual([
    { repository_ids, permissions: { ...others, contents: 'write', metadata: 'read' } },
    { repository_ids, permissions: { contents: 'write' } },
  ]);
  expect(manifest.default_permissions).toEqual({ ...others, contents: 'write', metadata: 'read' });
});

test('a token that is refused is not used again', async () => {
  const { github, exchanges } = await hubUnderTest();
  const { id, owner, repo } = github.repository;
  const hubs = createHubs(github.hubs);
  const hub = await hubs.open({ id, owner, name: repo });
  await hub.defaultBranch();
  const token = exchanges.at(-1)?.request.headers.authorization?.split(' ')[1] ?? '';
  await github.revoke(token);
  expect(await failure(hub.defaultBranch())).toMatchObject({ status: 401 });
  expect(await (await hubs.open({ id, owner, name: repo })).defaultBranch()).toBe('main');
});

test('what was read before is asked for by its ETag, and what GitHub takes yet is known', async () => {
  const { hub, exchanges } = await hubUnderTest();
  const { number } = await hub.createIssue(issue);
  const first = await hub.readIssue(number);
  exchanges.length = 0;
  expect(await hub.readIssue(number)).toEqual(first);
  expect(exchanges.map(({ response }) => response.status)).toEqual([304]);
  await hub.updateIssue(number, { title: 'Another' });
  expect(await hub.readIssue(number)).toMatchObject({ title: 'Another' });
  expect(hub.quota()).toMatchObject({ limit: 5000 });
});

test('an issue with a parent is made and linked in one call', async () => {
  const { hub } = await hubUnderTest();
  const parent = await hub.createIssue(issue);
  const child = await hub.createIssue({ ...issue, title: 'Beta', parent: parent.number });
  expect(child).toMatchObject({ title: 'Beta', linked: true, ours: true, state: 'open' });
  expect(await hub.listSubIssues(parent.number)).toMatchObject([{ id: child.id, number: child.number }]);
  expect(await hub.readIssue(child.number)).toMatchObject({ labels: ['bead'], ours: true });
});

test('an issue whose parent has all the sub-issues that GitHub allows is made without it', async () => {
  const { github, hub } = await hubUnderTest();
  const { owner, repo } = github.repository;
  const { number: parent } = await hub.createIssue({ ...issue, labels: [] });
  const { rest } = github.owner;
  for (let child = 1; child <= 100; child += 1) {
    const { data } = await rest.issues.create({ owner, repo, title: `Child ${child}` });
    await rest.issues.addSubIssue({ owner, repo, issue_number: parent, sub_issue_id: data.id });
  }
  const made = await hub.createIssue({ ...issue, title: 'Beta', parent });
  expect(made).toMatchObject({ title: 'Beta', linked: false, ours: true });
  expect(await failure(hub.addSubIssue(parent, made.id))).toMatchObject({ status: 422, outcome: 'refused' });
  expect(await hub.readIssue(made.number)).toMatchObject({ labels: ['bead'], body: issue.body });
});

test('issues that are made at once share a label that none of them found', async () => {
  const { hub } = await hubUnderTest();
  const { number: parent } = await hub.createIssue({ ...issue, labels: [] });
  const titles = ['Beta', 'Gamma', 'Delta'];
  const children = await Promise.all(titles.map((title) => hub.createIssue({ ...issue, title, parent })));
  expect(children.map(({ title }) => title)).toEqual(titles);
  for (const { number } of children) expect(await hub.readIssue(number)).toMatchObject({ labels: ['bead'] });
});

test('what an issue needs to know of its place is asked for once, and anew where it has gone', async () => {
  const { github, hub, exchanges } = await hubUnderTest();
  const { owner, repo } = github.repository;
  const { number: parent } = await hub.createIssue({ ...issue, labels: [] });
  await hub.createIssue({ ...issue, title: 'Beta', parent });
  exchanges.length = 0;
  await hub.createIssue({ ...issue, title: 'Gamma', parent });
  expect(exchanges).toEqual([]);
  await github.owner.rest.issues.deleteLabel({ owner, repo, name: 'bead' });
  const delta = await hub.createIssue({ ...issue, title: 'Delta', parent });
  expect(await hub.readIssue(delta.number)).toMatchObject({ labels: ['bead'], title: 'Delta' });
  expect((await hub.listSubIssues(parent)).length).toBe(3);
});

test('two repositories that share a client keep their issues apart', async () => {
  const { github } = await hubUnderTest();
  const { id, owner, repo } = github.repository;
  const other = await github.forge.createRepository({ owner, name: 'other' });
  const clientFor = async () => ({ octokit: github.owner, quota: () => null });
  const hubs = createHubs({ ...github.hubs, clientFor });
  for (const [at, name] of [
    [id, repo],
    [other.id, 'other'],
  ] as const) {
    const hub = await hubs.open({ id: at, owner, name });
    const { number: parent } = await hub.createIssue({ ...issue, labels: [] });
    const { url } = await hub.createIssue({ ...issue, title: 'Beta', parent });
    expect(url).toContain(`/${owner}/${name}/issues/`);
  }
});

async function made(hub: Hub, titles: readonly [string, string, string]) {
  const [a, b, c] = titles;
  return [
    await hub.createIssue({ ...issue, title: a }),
    await hub.createIssue({ ...issue, title: b }),
    await hub.createIssue({ ...issue, title: c }),
  ] as const;
}
