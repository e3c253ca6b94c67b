import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../testing/git/temporary-folder.ts';
import { createGitStores } from './create-git-stores.ts';

test('what a killed town left among its passing files is gone at the next start', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, '7.scratch', 'index-abandoned'), { recursive: true });
  await writeFile(join(folder, '7.scratch', 'index-abandoned', 'index'), 'half');
  await createGitStores({ folder, now: () => 0 }).open(7);
  expect(await readdir(join(folder, '7.scratch'))).toEqual([]);
});
