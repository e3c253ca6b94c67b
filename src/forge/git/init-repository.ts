import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gitEnvironment } from './run-git.ts';

/** Everything a client may ask for is allowed; pull request refs are the forge's own. */
const config = `[core]
\trepositoryformatversion = 0
\tbare = true
\tlogAllRefUpdates = false
[uploadpack]
\tallowFilter = true
\tallowAnySHA1InWant = true
[receive]
\thideRefs = refs/pull
\tadvertisePushOptions = true
\tfsckObjects = true
\tautogc = false
\tdenyDeleteCurrent = refuse
[gc]
\tauto = 0
`;

/** Makes an empty bare repository at `folder`, or sets up again one that is there. No hooks, no template. */
export async function initRepository(folder: string, defaultBranch: string): Promise<void> {
  const flags = ['--quiet', '--bare', '--template=', `--initial-branch=${defaultBranch}`];
  await promisify(execFile)('git', ['init', ...flags, folder], { env: gitEnvironment() });
  await writeFile(path.join(folder, 'config'), config);
}
