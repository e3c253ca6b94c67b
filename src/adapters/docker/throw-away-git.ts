import type { Lanes } from './lanes.ts';

const TIMEOUT_MS = 300_000;
const identity = '-c user.name=base -c user.email=base@localhost';
const commit = `git add --all --force && git ${identity} commit --quiet --no-verify --allow-empty --message base`;

/**
 * Makes the workspace a git repository whose one commit is the tree, for tools that need one; where the image has no git
 * there is none. It is never taken out.
 */
export async function makeGit(lanes: Lanes): Promise<void> {
  await lanes.call(
    `{ cd /workspace && command -v git && git -c init.defaultBranch=main init --quiet &&
git config user.name agent && git config user.email agent@localhost && ${commit}; } >/dev/null 2>&1`,
    () => true,
    { timeoutMs: TIMEOUT_MS },
  );
}

/** Commits what a difference changed, so that `git diff` shows an agent its own work alone. */
export async function commitGit(lanes: Lanes): Promise<void> {
  await lanes.call(`{ cd /workspace && [ -d .git ] && ${commit}; } >/dev/null 2>&1`, () => true, {
    timeoutMs: TIMEOUT_MS,
  });
}
