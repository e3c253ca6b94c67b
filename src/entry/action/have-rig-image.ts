import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { CannotRun } from '../../faces/cli/cannot-run.ts';
import { packageFolder } from '../package-folder.ts';

/**
 * Sees to it that the job's engine has the image that polecats work in: the one of this package's very content where it is
 * there, the published one by its digest, or one built from the context that this package carries. Rejects with
 * `CannotRun`; what set-up says goes to `write`.
 */
export async function haveRigImage(env: NodeJS.ProcessEnv, write: (text: string) => void): Promise<void> {
  const child = spawn(process.execPath, [join(packageFolder, 'scripts', 'setup-rig-image.js')], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', write);
  const [status] = await once(child, 'close');
  if (status !== 0) {
    throw new CannotRun(
      'docker',
      'The image that beads are worked in could be neither pulled nor built; the log says why.',
    );
  }
}
