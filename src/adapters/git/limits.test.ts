import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../testing/git/temporary-folder.ts';
import { userRepository } from '../../testing/git/user-repository.ts';
import type { Change } from '../../town/ports/sandbox.ts';
import { createGitStores } from './create-git-stores.ts';

const write = (path: string, bytes: number): Change => ({
  kind: 'write',
  path: Buffer.from(path),
  mode: '100644',
  content: Buffer.alloc(bytes, 'x'),
});

test('files over the size and over the count are named and left out', async () => {
  const folder = await temporaryFolder();
  const user = await userRepository(join(folder, 'user'));
  const parent = await user.commit('base', { a: '' });
  const limits = { maxFileBytes: 10, maxFiles: 3, maxPathBytes: 100 };
  const store = await createGitStores({ folder: folder, now: () => 0, limits }).open(7);
  await store.fetch({ url: user.path, token: null }, ['+refs/heads/*:refs/heads/*']);
  const result = await store.commitChanges({
    parent,
    changes: [write('big', 11), write('fits', 10), write('third', 1), write('fourth', 1)],
    message: 'm',
    author: { name: 'n', email: 'e', at: '2026-01-01T00:00:00Z' },
  });
  expect(result).toMatchObject({
    status: 'committed',
    files: 2,
    refused: [
      { path: 'big', rule: 'file-too-large' },
      { path: 'fourth', rule: 'too-many-files' },
    ],
  });
});

test('changes that fail half way leave no process and no commit', async () => {
  const folder = await temporaryFolder();
  const user = await userRepository(join(folder, 'user'));
  const parent = await user.commit('base', { a: '' });
  const store = await createGitStores({ folder: folder, now: () => 0 }).open(7);
  await store.fetch({ url: user.path, token: null }, ['+refs/heads/*:refs/heads/*']);
  async function* broken(): AsyncGenerator<Change> {
    yield write('a', 3);
    throw new Error('the container went away');
  }
  const request = {
    parent,
    changes: broken(),
    message: 'm',
    author: { name: 'n', email: 'e', at: '2026-01-01T00:00:00Z' },
  };
  await expect(store.commitChanges(request)).rejects.toThrow('the container went away');
});
