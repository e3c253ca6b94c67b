import type { Convoy } from './state.ts';

/**
 * The commit by which people took back what a convoy landed, or null: git's own words for it (`This reverts commit <id>`), or
 * GitHub's for a pull request that undoes another (`Reverts owner/name#12`).
 */
export function findRevert(
  convoy: Convoy,
  commits: readonly { readonly id: string; readonly message: string }[],
): string | null {
  const { ended, pullRequest, opened, verified } = convoy;
  if (ended?.how !== 'landed' || pullRequest === null) return null;
  const own = [ended.reason, pullRequest.sha, verified?.commit ?? ''].filter((id) => id !== '');
  const { owner, name } = opened.repository;
  const request = `Reverts ${owner}/${name}#${pullRequest.number}`;
  const found = commits.find(({ message }) => {
    const undone = [...message.matchAll(/\bThis reverts commit ([0-9a-f]{7,64})\b/g)].map(
      ([, id]) => id ?? '',
    );
    if (undone.some((id) => own.some((commit) => commit.startsWith(id)))) return true;
    return message.split(/\s*\n\s*/).some((line) => line === request || line.startsWith(`${request} `));
  });
  return found?.id ?? null;
}
