import { expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../../testing/git/temporary-folder.ts';
import { userRepository } from '../../../testing/git/user-repository.ts';
import { createGit, type Git } from '../git-process.ts';
import { createObjectReader } from './object-reader.ts';

async function repository() {
  const folder = `${await temporaryFolder()}/rig`;
  const user = await userRepository(folder);
  const git = createGit({ program: 'git', repository: `${folder}/.git`, host: process.env });
  const start = vi.fn(git.start);
  const counted: Git = { ...git, start };
  return { user, git, start, reader: createObjectReader(counted) };
}

test('one process answers what is asked at once, each question by itself', async () => {
  const { user, start, reader } = await repository();
  const large = 'line\n'.repeat(60_000);
  const commit = await user.commit('Begin', { 'a.txt': 'a\n', 'large.txt': large, 'empty.txt': '' });
  const texts = await Promise.all(
    ['a.txt', 'large.txt', 'none.txt', 'empty.txt'].map(async (path) => {
      const found = await reader.look(`${commit}:${path}`);
      return found && (await reader.read(found.oid)).toString();
    }),
  );
  expect(texts).toEqual(['a\n', large, null, '']);
  await expect(reader.read('0'.repeat(40))).rejects.toThrow('no object');
  expect(start).toHaveBeenCalledTimes(1);
});

test('what is made or moved after it began is seen', async () => {
  const { user, git, start, reader } = await repository();
  const first = await user.commit('Begin', { 'a.txt': 'a\n' });
  await git.run(['update-ref', 'refs/gas-town/x', first]);
  expect((await reader.look('refs/gas-town/x'))?.oid).toBe(first);
  const second = await user.commit('Go on', { 'a.txt': 'b\n' });
  await git.run(['update-ref', 'refs/gas-town/x', second]);
  await git.run(['pack-refs', '--all']);
  await git.run(['repack', '-a', '-d', '--quiet']);
  expect(await reader.look('refs/gas-town/x')).toMatchObject({ oid: second, kind: 'commit' });
  await git.run(['update-ref', '-d', 'refs/gas-town/x']);
  expect(await reader.look('refs/gas-town/x')).toBeNull();
  expect(start).toHaveBeenCalledTimes(1);
});

test('names that hold a line end, or look like answers, are no others', async () => {
  const { user, reader } = await repository();
  const odd = `${'a'.repeat(40)} blob 3`;
  const commit = await user.commit('Begin', { 'two\nlines': 'x' });
  expect(await reader.look(`${commit}:two\nlines`)).toMatchObject({ kind: 'blob', size: 1 });
  expect(await reader.look(odd)).toBeNull();
  expect(await reader.look(`${commit}:none\ninfo HEAD`)).toBeNull();
  expect(await reader.look(commit)).toMatchObject({ oid: commit, kind: 'commit' });
});

test('what a git that ended was asked, another one is asked', async () => {
  const { user, start, reader } = await repository();
  const commit = await user.commit('Begin', { 'a.txt': 'a\n' });
  await reader.look(commit);
  const first = start.mock.results[0]?.value as ReturnType<Git['start']>;
  first.child.kill('SIGSTOP');
  const asked = reader.look(commit);
  first.child.kill('SIGKILL');
  expect((await asked)?.oid).toBe(commit);
  expect((await reader.look(commit))?.oid).toBe(commit);
  expect(start).toHaveBeenCalledTimes(2);
});
