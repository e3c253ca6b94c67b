import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { type RigUnderTest, rigUnderTest } from '../../testing/git/rig-under-test.ts';
import { serveGit } from '../../testing/git/serve-git.ts';
import { remoteAccess } from './remote-access.ts';

const run = promisify(execFile);
const ref = 'refs/heads/gas-town/convoy-1';
const secret = 'ghs_a-token-nobody-may-see';

/** A bare repository with the user's main branch, as a hosting service has it. */
async function hosted(rig: RigUnderTest): Promise<string> {
  const path = join(rig.folder, 'hosted', 'repo.git');
  await run('git', ['clone', '--quiet', '--bare', rig.user.path, path]);
  await run('git', ['-C', path, 'config', 'http.receivepack', 'true']);
  return path;
}

async function started() {
  const rig = await rigUnderTest();
  const base = await rig.user.commit('base', { a: '1' });
  await rig.user.branch('one', base);
  const one = await rig.user.commit('one', { b: '1' });
  await rig.user.branch('two', base);
  const two = await rig.user.commit('two', { c: '1' });
  await rig.user.git('checkout', '--quiet', 'main');
  await rig.import();
  return { rig, base, one, two, path: await hosted(rig) };
}

test('a push succeeds only where the remote stands as expected', async () => {
  const { rig, one, two, path } = await started();
  const remote = { url: path, token: null };
  const push = (commit: string, expected: string | null) => rig.store.push(remote, { commit, ref, expected });
  expect(await push(one, null)).toEqual({ status: 'pushed' });
  expect(await push(one, null)).toEqual({ status: 'up-to-date' });
  expect(await push(two, null)).toMatchObject({ status: 'rejected', actual: one });
  expect(await push(two, two)).toMatchObject({ status: 'rejected', actual: one });
  expect(await push(two, one)).toEqual({ status: 'pushed' });
});

test('a token goes over HTTP as a header to that host, and nowhere else', async () => {
  const { rig, one, path } = await started();
  const server = await serveGit(join(path, '..'), secret);
  const remote = { url: `${server.url}/repo.git`, token: secret };
  await rig.store.fetch(remote, ['+refs/heads/main:refs/remotes/origin/main']);
  expect(await rig.store.resolve('refs/remotes/origin/main')).not.toBeNull();
  expect(await rig.store.push(remote, { commit: one, ref, expected: null })).toEqual({ status: 'pushed' });
  expect(server.authorizations.every((header) => header?.startsWith('Basic '))).toBe(true);
  for (const name of await readdir(join(rig.folder, 'rigs', '1.git'), { recursive: true })) {
    const bytes = await readFile(join(rig.folder, 'rigs', '1.git', name)).catch(() => Buffer.alloc(0));
    expect(bytes.includes(secret)).toBe(false);
  }
});

test('a wrong token fails at once, without a prompt and without saying it', async () => {
  const { rig, path } = await started();
  const server = await serveGit(join(path, '..'), secret);
  const failing = rig.store.fetch({ url: `${server.url}/repo.git`, token: 'wrong-token' }, ['main']);
  const error = await failing.catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: 'GitFailed', exitCode: 128 });
  expect(String(error)).not.toContain('wrong-token');
});

test('remotes by other ways, or with a secret in the URL, are refused', () => {
  const access = (url: string) => () => remoteAccess({ url, token: null });
  expect(access('https://user:pass@example.com/x')).toThrow(
    expect.objectContaining({ rule: 'credentials-in-url' }),
  );
  expect(access('ssh://example.com/x')).toThrow(expect.objectContaining({ rule: 'protocol' }));
  expect(access('ext::sh -c touch% /tmp/x')).toThrow(expect.objectContaining({ rule: 'protocol' }));
  expect(access('relative/path')).toThrow(expect.objectContaining({ rule: 'not-a-url' }));
});
