import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/git/temporary-folder.ts';
import { ownWorkflows } from './own-workflows.ts';
import { workflowPath } from './planned-files.ts';

it('names the workflows that run for changes, as GitHub shows them, and not the town’s own', async () => {
  const root = await temporaryFolder();
  expect(await ownWorkflows(root, workflowPath)).toEqual([]);
  const files = {
    'ci.yml': 'name: CI\non: [push]\n',
    'lint.yaml': 'on: { pull_request: { branches: [main] } }\n',
    'nightly.yml': "name: Nightly\non: { schedule: [{ cron: '0 3 * * *' }] }\n",
    'one.yml': 'name: One\non: pull_request\n',
    'broken.yml': 'on: [push\n',
    'notes.txt': 'on: push\n',
    'gas-town.yml': 'name: Gas Town\non: push\n',
  };
  await mkdir(join(root, '.github/workflows'), { recursive: true });
  for (const [name, text] of Object.entries(files))
    await writeFile(join(root, '.github/workflows', name), text);
  expect(await ownWorkflows(root, workflowPath)).toEqual(['CI', '.github/workflows/lint.yaml', 'One']);
});
