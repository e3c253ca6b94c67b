import { execFile } from 'node:child_process';
import { cpus, release, tmpdir, totalmem, type } from 'node:os';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What the figures were measured on, a fact a line. */
export async function describeMachine(): Promise<readonly string[]> {
  const [first] = cpus();
  return [
    `${cpus().length} × ${first?.model.trim() ?? 'unknown processor'}`,
    `${Math.round(totalmem() / 2 ** 30)} GiB of memory`,
    `${type()} ${release()}, ${await fileSystemOf(tmpdir())} under the temporary folder`,
    `Node ${process.versions.node}`,
  ];
}

async function fileSystemOf(folder: string): Promise<string> {
  try {
    const { stdout } = await run('stat', ['--file-system', '--format=%T', folder]);
    return stdout.trim();
  } catch {
    // Only GNU's `stat` can tell.
    return 'a file system unknown';
  }
}
