import type { Signature } from '../../town/ports/git-store.ts';
import { formatCommit } from './objects/commit-object.ts';
import { LooseObjects } from './objects/write-loose.ts';

/** Writes a commit of a tree. Author and committer are the same, dates included: the same request gives the same id. */
export async function commitTree(
  repository: string,
  request: {
    readonly tree: string;
    readonly parents: readonly string[];
    readonly message: string;
    readonly author: Signature;
  },
): Promise<string> {
  const objects = new LooseObjects(repository, request.tree.length);
  const commit = objects.add('commit', formatCommit(request));
  await objects.written();
  return commit;
}
