import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Task } from '../world/task.ts';
import type { World } from '../world/world.ts';

const run = promisify(execFile);

/** Every bead's change must be in the default branch, as it was made, by one merge. */
export async function findInGit({ bareRepository }: World, tasks: readonly Task[]): Promise<string[]> {
  const git = async (...args: readonly string[]): Promise<string> =>
    (await run('git', ['--git-dir', bareRepository, ...args], { maxBuffer: 2 ** 26 })).stdout;
  const wrong: string[] = [];
  const files = new Set((await git('ls-tree', '-r', '--name-only', 'HEAD')).split('\n'));
  const merges = (await git('log', '--merges', '--format=%s%n%b', 'HEAD')).split('\n');
  for (const { title, file } of tasks.flatMap((task) => task.beads)) {
    if (!files.has(file)) {
      wrong.push(`${file} ("${title}") is not in the default branch`);
      continue;
    }
    if ((await git('show', `HEAD:${file}`)) !== `${title}\n`)
      wrong.push(`${file} is not as its polecat wrote it`);
    const named = merges.filter((line) => line.includes(title)).length;
    if (named === 0) wrong.push(`no merge names "${title}"`);
  }
  const made = [...files].filter((file) => file.startsWith('walls/')).length;
  const ordered = tasks.flatMap((task) => task.beads).length;
  if (made !== ordered) wrong.push(`${made} files stand there for ${ordered} beads`);
  await git('fsck', '--strict', '--no-dangling');
  return wrong;
}
