import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Octokit } from '@octokit/rest';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { startForge } from '../../forge/index.ts';
import { startGastown } from '../../testing/gastown/gastown-process.ts';
import { temporaryFolder } from '../../testing/git/temporary-folder.ts';
import { workflowPath } from './planned-files.ts';

const environment = { PATH: process.env.PATH };

const fates = (json: Record<string, unknown> | undefined): unknown[] =>
  z
    .object({ files: z.array(z.object({ fate: z.string() })) })
    .parse(json)
    .files.map(({ fate }) => fate);

it('writes its files once, leaves what differs where nobody can be asked, and writes over it when told to', async () => {
  const workspace = await temporaryFolder();
  const init = (...more: string[]) =>
    startGastown(['init', '--workspace', workspace, '--json', ...more], environment).ended;
  const first = await init();
  expect([first.code, fates(first.lines[0])]).toEqual([0, ['written', 'written', 'written']]);
  expect(first.lines[0]?.notes).toContainEqual(expect.stringMatching(/GITHUB_TOKEN can’t start CI/));
  expect(fates((await init()).lines[0])).toEqual(['same', 'same', 'same']);

  await writeFile(join(workspace, workflowPath), 'mine\n');
  const kept = await init();
  expect([kept.code, fates(kept.lines[0])]).toEqual([3, ['kept', 'same', 'same']]);
  expect(await readFile(join(workspace, workflowPath), 'utf8')).toBe('mine\n');
  expect(fates((await init('--yes')).lines[0])).toEqual(['overwritten', 'same', 'same']);
  expect(await readFile(join(workspace, workflowPath), 'utf8')).toMatch(/queue: max/);
});

it('creates the labels that are missing, and refuses without a token in one sentence', async () => {
  const workspace = await temporaryFolder();
  const forge = await startForge({});
  onTestFinished(() => forge.close());
  await forge.createRepository({ owner: 'acme', name: 'thing' });
  const at = { owner: 'acme', repo: 'thing' };
  const { rest } = new Octokit({ baseUrl: forge.api, auth: forge.userToken });
  await rest.issues.createLabel({ ...at, name: 'convoy', color: '000000' });
  const args = ['init', '--workspace', workspace, '--repository', 'acme/thing', '--json'];
  const refused = await startGastown(args, environment).ended;
  expect([refused.code, refused.said]).toEqual([2, expect.stringMatching(/^gastown: .*GITHUB_TOKEN.*\n$/)]);

  const env = { ...environment, GITHUB_TOKEN: forge.userToken, GITHUB_API_URL: forge.api };
  const { code, lines } = await startGastown(args, env).ended;
  expect([code, lines[0]?.labels]).toEqual([0, ['polecat', 'bead']]);
  const { data: labels } = await rest.issues.listLabelsForRepo({ ...at, per_page: 100 });
  expect(labels.map(({ name }) => name)).toEqual(expect.arrayContaining(['convoy', 'polecat', 'bead']));
  expect(labels.find(({ name }) => name === 'convoy')?.color).toBe('000000');
});
