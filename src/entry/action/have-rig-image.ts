import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { CannotRun } from '../../faces/cli/cannot-run.ts';
import { packageFolder } from '../package-folder.ts';

/**
 * Builds the image that polecats work in on the job's engine, from the context that this package carries, unless one of
 * that very content is there. Rejects with `CannotRun`; what the build says goes to `write`.
 */
export async function haveRigImage(env: NodeJS.ProcessEnv, write: (text: string) => void): Promise<void> {
  const child = spawn(process.execPath, [join(packageFolder, 'scripts', 'setup-rig-image.js')], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', write);
  const [status] = await once(child, 'close');
  if (status !== 0) {
    throw new CannotRun('docker', 'The image that beads are worked in could not be built; the log says why.');
  }
}
