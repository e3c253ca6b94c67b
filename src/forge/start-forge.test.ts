import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Octokit } from '@octokit/rest';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { git } from './git/run-git.ts';
import { startForge } from './index.ts';
import { appJwt, forgeUnderTest, owner, repo } from './testing/forge-under-test.ts';
import { receiveWebhooks } from './testing/webhook-receiver.ts';

test('a folder opened again goes on with the same App, secret, tokens, ids and unsent webhooks', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'forge-test-'));
  const first = await startForge({ folder });
  const made = await first.createRepository({ owner, name: repo });
  const mel = await first.addUser({
    login: 'mel',
    permission: { repository: `${owner}/${repo}`, level: 'write' },
  });
  const { app, webhookSecret, userToken } = first;
  await first.close();

  const again = await startForge({ folder });
  expect({ app: again.app, webhookSecret: again.webhookSecret, userToken: again.userToken }).toEqual({
    app,
    webhookSecret,
    userToken,
  });
  expect((await again.createRepository({ owner, name: repo })).id).toBe(made.id);
  expect(await again.addUser({ login: 'mel' })).toEqual(mel);
  await again.close();
  await rm(folder, { recursive: true });
});

test('a webhook cut off by closing is sent after the next start', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'forge-test-'));
  const first = await startForge({ folder });
  const secret = first.webhookSecret;
  let held: () => void = () => {};
  const holding = new Promise<void>((resolve) => {
    held = resolve;
  });
  const { createServer } = await import('node:http');
  const silent = createServer(() => held());
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const address = silent.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  first.sendWebhooksTo(`http://127.0.0.1:${port}/`);
  await first.createRepository({ owner, name: repo });
  await holding;
  await first.close();
  silent.closeAllConnections();
  await new Promise((resolve) => silent.close(resolve));

  const receiver = await receiveWebhooks(() => secret);
  const second = await startForge({ folder });
  second.sendWebhooksTo(receiver.url);
  await second.deliveriesSettled();
  expect(receiver.names()).toEqual(['ping', 'installation.created', 'ping']);
  await second.close();
  await receiver.close();
  await rm(folder, { recursive: true });
});

test('forges in one process do not meet, and what is in memory leaves nothing behind', async () => {
  const [a, b] = await Promise.all([forgeUnderTest(), forgeUnderTest()]);
  expect(a.forge.app.installationId).not.toBe(b.forge.app.installationId);
  const stranger = b.as(a.forge.userToken);
  await expect(stranger.rest.repos.get({ owner, repo })).rejects.toMatchObject({ status: 401 });
  await expect(b.as(appJwt(a.forge)).rest.apps.getAuthenticated()).rejects.toMatchObject({ status: 404 });
  expect(existsSync(a.bare)).toBe(true);
  expect(await a.close()).toEqual([]);
  expect(await b.close()).toEqual([]);
  expect(existsSync(path.dirname(path.dirname(a.bare)))).toBe(false);
});

test('names that GitHub would not take are refused before anything is made', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'forge-test-'));
  const forge = await startForge({ folder });
  for (const [ownerName, name] of [
    ['..', 'x'],
    ['acme', '..'],
    ['acme', 'a/b'],
    ['a/b', 'c'],
    ['acme', ''],
    ['acme', 'x.git'],
  ] as const) {
    await expect(forge.createRepository({ owner: ownerName, name })).rejects.toMatchObject({
      name: 'InvalidNameError',
    });
  }
  await expect(
    forge.createRepository({ owner, name: repo, defaultBranch: '--upload-pack=x' }),
  ).rejects.toThrow();
  expect(await readdir(path.join(folder, 'repositories'))).toEqual([]);
  await forge.close();
  await rm(folder, { recursive: true });
});

test('pull requests catch up with refs that moved while nobody wrote it down', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'forge-test-'));
  const first = await startForge({ folder });
  const { bareRepository } = await first.createRepository({ owner, name: repo, seedCommit: true });
  const here = { owner, repo };
  const octokit = (forge: typeof first) => new Octokit({ baseUrl: forge.api, auth: forge.userToken });
  const user = octokit(first);
  const main = (await user.rest.git.getRef({ ...here, ref: 'heads/main' })).data.object.sha;
  const file = { ...here, message: 'x', content: 'eA==' };
  const open = async (branch: string) => {
    await user.rest.git.createRef({ ...here, ref: `refs/heads/${branch}`, sha: main });
    await user.rest.repos.createOrUpdateFileContents({ ...file, path: branch, branch });
    return (await user.rest.pulls.create({ ...here, title: branch, head: branch, base: 'main' })).data;
  };
  const [merged, moved] = [await open('merged'), await open('moved')];
  await user.rest.repos.createOrUpdateFileContents({ ...file, path: 'later', branch: 'merged' });
  const ahead = (await user.rest.git.getRef({ ...here, ref: 'heads/merged' })).data.object.sha;
  await first.close();
  await git(bareRepository, ['update-ref', 'refs/heads/main', ahead]);
  await git(bareRepository, ['update-ref', 'refs/heads/moved', ahead]);

  const second = await startForge({ folder });
  const pull = async (pull_number: number) =>
    (await octokit(second).rest.pulls.get({ ...here, pull_number })).data;
  expect(await pull(merged.number)).toMatchObject({ merged: true, state: 'closed' });
  expect((await pull(moved.number)).head.sha).toBe(ahead);
  await second.close();
  await rm(folder, { recursive: true });
});

test('a port that is taken, or a folder of another version, is told', async () => {
  const first = await startForge({});
  const port = Number(new URL(first.api).port);
  await expect(startForge({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await first.close();
  const folder = await mkdtemp(path.join(tmpdir(), 'forge-test-'));
  await (await startForge({ folder })).close();
  const database = new Database(path.join(folder, 'forge.db'));
  database.pragma('user_version = 99');
  database.close();
  await expect(startForge({ folder })).rejects.toMatchObject({ name: 'StoreVersionError', version: 99 });
  await rm(folder, { recursive: true });
});
