import type { Lanes } from '../shell/lanes.ts';
import { asWords, feed } from '../shell/shell-text.ts';
import { type BytePath, bytesOf, foldersOf } from '../take-out/byte-path.ts';
import { type Baseline, writtenIn } from './baseline.ts';

const TIMEOUT_MS = 300_000;
/** Without the upkeep that git would start at each commit: the repository is thrown away. */
const commit = `git -c maintenance.auto=false -c user.name=base -c user.email=base@localhost commit --quiet --no-verify --allow-empty --message base`;

/**
 * Makes the workspace a git repository whose one commit is the tree, for tools that need one; where the image has no git
 * there is none. It is never taken out.
 */
export async function makeGit(lanes: Lanes): Promise<void> {
  await lanes.call(
    `{ cd /workspace && command -v git && git -c init.defaultBranch=main init --quiet &&
git config user.name agent && git config user.email agent@localhost &&
git add --all --force && ${commit}; } >/dev/null 2>&1`,
    () => true,
    { timeoutMs: TIMEOUT_MS },
  );
}

/** Commits what a difference changed, so that `git diff` shows an agent its own work alone. */
export async function commitGit(lanes: Lanes, change: Baseline): Promise<void> {
  // A file that became a folder is replaced by what lies in it.
  const folders = new Set(foldersOf(writtenIn(change)));
  const paths = [...change.entries.keys()].filter((path) => !folders.has(path));
  await lanes.call(
    `if cd /workspace && [ -d .git ]; then
{ ${updateIndex(paths)}
${commit}; } >/dev/null 2>&1
fi`,
    () => true,
    { timeoutMs: TIMEOUT_MS },
  );
}

function updateIndex(paths: readonly BytePath[]): string {
  const update = 'git update-index --add --remove --replace';
  const words = asWords(paths);
  if (words !== null) return paths.length === 0 ? ':' : `${update} -- ${words}`;
  const list = Buffer.concat(paths.flatMap((path) => [bytesOf(path), Buffer.of(0)]));
  return feed(list, `| ${update} -z --stdin`);
}
