import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { git, gitEnvironment } from './run-git.ts';

const settings: readonly (readonly [string, string])[] = [
  ['uploadpack.allowFilter', 'true'],
  ['uploadpack.allowAnySHA1InWant', 'true'],
  ['receive.hideRefs', 'refs/pull'],
  ['receive.advertisePushOptions', 'true'],
  ['receive.fsckObjects', 'true'],
  ['receive.denyDeleteCurrent', 'refuse'],
  ['transfer.unpackLimit', '1'],
  ['gc.auto', '0'],
  ['core.logAllRefUpdates', 'false'],
  ['http.receivepack', 'true'],
];

/** Makes an empty bare repository at `path`, or sets up again one that is there. No hooks, no template. */
export async function initRepository(path: string, defaultBranch: string): Promise<void> {
  await promisify(execFile)(
    'git',
    ['init', '--quiet', '--bare', '--template=', `--initial-branch=${defaultBranch}`, path],
    {
      env: gitEnvironment(),
    },
  );
  for (const [name, value] of settings) await git(path, ['config', name, value]);
}
