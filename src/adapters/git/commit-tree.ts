import type { Signature } from '../../town/ports/git-store.ts';
import type { Git } from './git-process.ts';

/** Writes a commit of a tree. Author and committer are the same, dates included: the same request gives the same id. */
export async function commitTree(
  git: Git,
  request: {
    readonly tree: string;
    readonly parents: readonly string[];
    readonly message: string;
    readonly author: Signature;
  },
): Promise<string> {
  const { name, email, at } = request.author;
  const date = `@${Math.floor(Date.parse(at) / 1000)} +0000`;
  return git.text(
    ['commit-tree', request.tree, ...request.parents.flatMap((parent) => ['-p', parent]), '-F', '-'],
    {
      input: request.message,
      variables: {
        GIT_AUTHOR_NAME: name,
        GIT_AUTHOR_EMAIL: email,
        GIT_AUTHOR_DATE: date,
        GIT_COMMITTER_NAME: name,
        GIT_COMMITTER_EMAIL: email,
        GIT_COMMITTER_DATE: date,
      },
    },
  );
}
