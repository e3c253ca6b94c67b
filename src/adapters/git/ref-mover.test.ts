import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../testing/git/temporary-folder.ts';
import { userRepository } from '../../testing/git/user-repository.ts';
import { createGit, type Git } from './git-process.ts';
import { createRefMover } from './ref-mover.ts';

async function repository() {
  const folder = join(await temporaryFolder(), 'rig');
  const user = await userRepository(folder);
  const [one, two] = [await user.commit('One', { a: '1' }), await user.commit('Two', { a: '2' })];
  const git = createGit({ program: 'git', repository: join(folder, '.git'), host: process.env });
  const start = vi.fn(git.start);
  const mover = createRefMover({ ...git, start } satisfies Git);
  const at = (ref: string) => git.text(['rev-parse', ref]);
  return { folder, git, start, mover, at, one, two, none: '0'.repeat(40) };
}

test('one process moves refs one after the other, however many are asked at once', async () => {
  const { mover, start, at, one, two, none } = await repository();
  const refs = ['refs/x/1', 'refs/x/2', 'refs/x/3'];
  await Promise.all(refs.map((ref) => mover.move(ref, one, none)));
  await mover.move('refs/x/1', two, one);
  expect(await Promise.all(refs.map(at))).toEqual([two, one, one]);
  expect(start).toHaveBeenCalledTimes(1);
});

test('a move from where the ref does not stand is refused, and the next one goes on', async () => {
  const { mover, start, at, one, two, none } = await repository();
  const first = mover.move('refs/x/1', one, two);
  const second = mover.move('refs/x/1', one, none);
  await expect(first).rejects.toMatchObject({ name: 'GitFailed', exitCode: 128 });
  await second;
  expect(await at('refs/x/1')).toBe(one);
  expect(start).toHaveBeenCalledTimes(2);
});

test('a lock that was left refuses the move until it is gone', async () => {
  const { folder, mover, at, one, two, none } = await repository();
  await mover.move('refs/x/1', one, none);
  const lock = join(folder, '.git', 'refs', 'x', '1.lock');
  await writeFile(lock, '');
  await expect(mover.move('refs/x/1', two, one)).rejects.toMatchObject({ name: 'GitFailed' });
  await rm(lock);
  await mover.move('refs/x/1', two, one);
  expect(await at('refs/x/1')).toBe(two);
});

test('a process that was killed says so by failing, and another one takes its place', async () => {
  const { git, mover, start, one, two, none } = await repository();
  await mover.move('refs/x/1', one, none);
  start.mock.results[0]?.value.child.kill('SIGKILL');
  await start.mock.results[0]?.value.ended.catch(() => undefined);
  await mover.move('refs/x/1', two, one);
  expect(await git.text(['rev-parse', 'refs/x/1'])).toBe(two);
});
