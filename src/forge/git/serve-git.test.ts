import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ForgeUnderTest, forgeUnderTest, owner, repo } from '../testing/forge-under-test.ts';
import { type GitClient, gitClient } from '../testing/git-client.ts';

let under: ForgeUnderTest;
let client: GitClient;
let url: string;

beforeEach(async () => {
  under = await forgeUnderTest({ private: true });
  url = `${under.forge.html}/${owner}/${repo}.git`;
  client = await gitClient(under.forge.userToken);
  await client.git('init', '-q', '-b', 'main');
  await client.git('remote', 'add', 'origin', url);
});

afterEach(async () => {
  await client.close();
  expect(await under.close()).toEqual([]);
});

async function commit(name: string, content: string | Buffer): Promise<string> {
  await writeFile(path.join(client.folder, name), content);
  await client.git('add', name);
  await client.git('commit', '-qm', `Write ${name}`);
  return client.git('rev-parse', 'HEAD');
}

const pushes = () => under.webhooks.received.filter((one) => one.event === 'push').map((one) => one.payload);

test('a push arrives, is announced with its commits, and is cloned again under each protocol version', async () => {
  const sha = await commit('a.txt', 'one\n');
  await client.git('push', '-q', 'origin', 'main');
  await under.forge.deliveriesSettled();
  expect(pushes()).toMatchObject([
    {
      ref: 'refs/heads/main',
      after: sha,
      created: true,
      sender: { login: owner },
      commits: [{ added: ['a.txt'] }],
    },
  ]);
  expect(under.webhooks.names()).toContain('create');
  for (const version of ['0', '1', '2']) {
    await client.git('-c', `protocol.version=${version}`, 'clone', '-q', url, `copy-${version}`);
    expect(await client.git('-C', `copy-${version}`, 'rev-parse', 'HEAD')).toBe(sha);
  }
});

test('shallow clones deepen, partial clones filter, and a commit is fetched by its id', async () => {
  const first = await commit('a.txt', 'one\n');
  await commit('a.txt', 'two\n');
  await client.git('push', '-q', 'origin', 'main');
  await client.git('clone', '-q', '--depth', '1', url, 'shallow');
  expect(await client.git('-C', 'shallow', 'rev-list', '--count', 'HEAD')).toBe('1');
  await client.git('-C', 'shallow', 'fetch', '-q', '--unshallow');
  expect(await client.git('-C', 'shallow', 'rev-list', '--count', 'HEAD')).toBe('2');
  await client.git('clone', '-q', '--filter=blob:none', '--bare', url, 'partial');
  const missing = await client.git('-C', 'partial', 'rev-list', '--objects', '--missing=print', '--all');
  expect(missing).toMatch(/^\?/m);
  await client.git('init', '-q', 'one');
  await client.git('-C', 'one', 'fetch', '-q', '--depth', '1', url, first);
  expect(await client.git('-C', 'one', 'rev-parse', 'FETCH_HEAD')).toBe(first);
});

test('a large push in chunks, from a shallow clone, with options, arrives whole', async () => {
  await commit('a.txt', 'one\n');
  await client.git('push', '-q', 'origin', 'main');
  await client.git('clone', '-q', '--depth', '1', url, 'shallow');
  await writeFile(path.join(client.folder, 'shallow', 'big.bin'), randomBytes(5 * 1024 * 1024));
  await client.git('-C', 'shallow', 'add', 'big.bin');
  await client.git('-C', 'shallow', 'commit', '-qm', 'Big');
  await client.git('-C', 'shallow', 'push', '-q', '-o', 'ci.skip', 'origin', 'main');
  const tip = await client.git('-C', 'shallow', 'rev-parse', 'HEAD');
  expect(await client.git('ls-remote', 'origin', 'refs/heads/main')).toContain(tip);
});

test('force-with-lease and atomic pushes move all they should or nothing', async () => {
  const base = await commit('a.txt', 'one\n');
  await client.git('push', '-q', 'origin', 'main', 'main:topic');
  await commit('a.txt', 'two\n');
  await client.git('push', '-q', 'origin', 'main');
  await client.git('reset', '-q', '--hard', base);
  const other = await commit('b.txt', 'other\n');
  await expect(client.git('push', '-q', `--force-with-lease=main:${base}`, 'origin', 'main')).rejects.toThrow(
    /stale/,
  );
  await expect(client.git('push', '-q', '--atomic', 'origin', 'main:main', 'main:fresh')).rejects.toThrow();
  expect(await client.git('ls-remote', 'origin', 'refs/heads/fresh')).toBe('');
  await client.git('push', '-q', '--force-with-lease', 'origin', 'main');
  await client.git('push', '-q', '--atomic', 'origin', 'main:fresh', ':topic');
  await under.forge.deliveriesSettled();
  expect(
    pushes()
      .map(({ ref, forced, deleted, after }) => ({ ref, forced, deleted, after }))
      .slice(-3),
  ).toEqual([
    { ref: 'refs/heads/main', forced: true, deleted: false, after: other },
    { ref: 'refs/heads/topic', forced: false, deleted: true, after: '0'.repeat(40) },
    { ref: 'refs/heads/fresh', forced: false, deleted: false, after: other },
  ]);
});

test('refs outside branches and tags are kept and not announced; pull request refs are not for pushing', async () => {
  await commit('a.txt', 'one\n');
  await client.git('push', '-q', 'origin', 'main', 'main:refs/gas-town/work/1.1');
  await expect(client.git('push', '-q', 'origin', 'main:refs/pull/9/head')).rejects.toThrow(/deny|hidden/);
  await under.forge.deliveriesSettled();
  expect(pushes()).toHaveLength(1);
  expect(await client.git('ls-remote', 'origin', 'refs/gas-town/*')).toContain('refs/gas-town/work/1.1');
});

test('who may not read finds nothing, and who may not write is told so', async () => {
  await commit('a.txt', 'one\n');
  const stranger = await gitClient((await under.forge.addUser({ login: 'stranger' })).token);
  const nobody = await gitClient();
  const full = `${owner}/${repo}`;
  const level = 'read' as const;
  const reader = await gitClient(
    (await under.forge.addUser({ login: 'rita', permission: { repository: full, level } })).token,
  );
  const app = await gitClient(await under.installationToken({ contents: 'read' }));
  try {
    await expect(stranger.git('ls-remote', url)).rejects.toThrow(/not found/);
    await expect(nobody.git('ls-remote', url)).rejects.toThrow(/could not read Username/);
    expect(await reader.git('ls-remote', url)).toBe('');
    for (const other of [reader, app]) {
      await other.git('-C', other.folder, 'init', '-q');
      await other.git('fetch', '-q', client.folder, 'main');
      await expect(other.git('push', '-q', url, 'FETCH_HEAD:refs/heads/main')).rejects.toThrow(/403/);
    }
  } finally {
    for (const other of [stranger, nobody, reader, app]) await other.close();
  }
});

test('a broken pack, a path trick and a client that hangs up leave the forge serving', async () => {
  await commit('a.txt', 'one\n');
  const authorization = `Basic ${Buffer.from(`x:${under.forge.userToken}`).toString('base64')}`;
  const line = `${'0'.repeat(40)} ${'1'.repeat(40)} refs/heads/x\0report-status`;
  const broken = `${(line.length + 4).toString(16).padStart(4, '0')}${line}0000PACKgarbage`;
  const post = (target: string, body: string) =>
    fetch(target, { method: 'POST', body, headers: { authorization } }).then((answer) => answer.text());
  expect(await post(`${url}/git-receive-pack`, broken)).not.toContain('ok refs/heads/x');
  expect(await post(`${under.forge.html}/..%2f..%2fetc/passwd/git-upload-pack`, '')).toContain('not found');
  await new Promise<void>((resolve) => {
    const request = http.request(`${url}/git-receive-pack`, { method: 'POST', headers: { authorization } });
    request.on('error', () => resolve());
    request.write('00', () => request.destroy(new Error('gone')));
  });
  await client.git('push', '-q', 'origin', 'main');
  expect(await client.git('ls-remote', 'origin', 'refs/heads/*')).toContain('refs/heads/main');
});

test('a protected branch takes no direct, forced or deleting push, and others in the same push land', async () => {
  await commit('a.txt', 'one\n');
  await client.git('push', '-q', 'origin', 'main');
  const user = under.as(under.forge.userToken);
  await user.rest.repos.updateBranchProtection({
    owner,
    repo,
    branch: 'main',
    required_status_checks: null,
    enforce_admins: true,
    required_pull_request_reviews: {},
    restrictions: null,
  });
  await commit('a.txt', 'two\n');
  await expect(client.git('push', '-q', 'origin', 'main', 'main:topic')).rejects.toThrow(
    /Protected branch update failed/,
  );
  expect(await client.git('ls-remote', 'origin', 'refs/heads/topic')).toContain('refs/heads/topic');
  await expect(client.git('push', '-q', 'origin', ':main')).rejects.toThrow();
});

test('an App without the workflows permission pushes no workflow file', async () => {
  await mkdir(path.join(client.folder, '.github/workflows'), { recursive: true });
  await commit('.github/workflows/ci.yml', 'on: push\n');
  const app = await gitClient(await under.installationToken({ contents: 'write' }));
  try {
    await app.git('init', '-q');
    await app.git('fetch', '-q', client.folder, 'main');
    const push = () => app.git('push', '-q', url, 'FETCH_HEAD:refs/heads/topic');
    await expect(push()).rejects.toThrow(/without workflows permission/);
    await client.git('push', '-q', 'origin', 'main');
    await push();
  } finally {
    await app.close();
  }
});
