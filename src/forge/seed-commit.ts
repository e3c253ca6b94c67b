import { bareRepositoryPath, type ForgeContext, now } from './context.ts';
import { writeCommit } from './git/commits.ts';
import { writeBlob, writeTree } from './git/objects.ts';
import { branchHead, nullSha, updateRef } from './git/refs.ts';
import { personOf } from './routes/person.ts';
import { findRepositoryById } from './store/repositories.ts';
import { findUserById } from './store/users.ts';

/** Gives an empty repository its first commit, a README with its name; one that has commits is left as it is. */
export async function seedCommit(context: ForgeContext, repositoryId: number): Promise<void> {
  const repository = findRepositoryById(context.store, repositoryId);
  const path = bareRepositoryPath(context, repositoryId);
  if ((await branchHead(path, repository.default_branch)) !== undefined) return;
  const sha = await writeBlob(path, Buffer.from(`# ${repository.name}\n`));
  const tree = await writeTree(path, undefined, [{ path: 'README.md', mode: '100644', sha }]);
  const author = personOf(findUserById(context.store, repository.owner_id), now(context));
  const commit = { tree, parents: [], author, committer: author, message: 'Initial commit' };
  await updateRef(path, `refs/heads/${repository.default_branch}`, await writeCommit(path, commit), nullSha);
}
