import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '../run-program.ts';

const published = 'minimist@1.2.8';
/** The registry's own checksum of that tarball. */
const sha512 = '2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA==';

/** Fetches the published package (npm's cache or its registry) and makes it a git repository of one commit. */
export async function importPackage(workspace: string): Promise<void> {
  const download = await mkdtemp(join(tmpdir(), 'gas-town-minimist-'));
  try {
    await runProgram(
      'npm',
      ['pack', published, '--prefer-offline', '--silent', '--pack-destination', download],
      download,
    );
    const tarball = join(download, 'minimist-1.2.8.tgz');
    const actual = createHash('sha512')
      .update(await readFile(tarball))
      .digest('base64');
    if (actual !== sha512)
      throw new Error(`The tarball of ${published} has another checksum than the published one.`);
    await runProgram('tar', ['-xzf', tarball, '--strip-components=1', '-C', workspace], workspace);
  } finally {
    await rm(download, { recursive: true });
  }
  // Tarballs of the registry never carry a .gitignore.
  await writeFile(join(workspace, '.gitignore'), 'node_modules/\n');
  const author = ['-c', 'user.name=minimist', '-c', 'user.email=minimist@users.noreply.github.com'];
  await runProgram('git', ['init', '--quiet', '--initial-branch=main'], workspace);
  await runProgram('git', ['add', '--all'], workspace);
  await runProgram(
    'git',
    [...author, 'commit', '--quiet', '--message', `Import ${published} as published`],
    workspace,
  );
}
