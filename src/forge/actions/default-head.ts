import { bareRepositoryPath, type ForgeContext } from '../context.ts';
import { resolveCommit } from '../git/refs.ts';
import type { RepositoryRow } from '../store/rows.ts';

/** The default branch and its commit; undefined where the repository is empty. */
export async function defaultHead(
  context: ForgeContext,
  repository: RepositoryRow,
): Promise<{ readonly sha: string; readonly ref: string } | undefined> {
  const branch = repository.default_branch;
  const sha = await resolveCommit(bareRepositoryPath(context, repository.id), branch);
  return sha === undefined ? undefined : { sha, ref: `refs/heads/${branch}` };
}
