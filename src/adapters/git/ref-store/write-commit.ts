import { formatCommit } from '../objects/commit-object.ts';
import { formatTree, type TreeItem } from '../objects/tree-object.ts';
import { LooseObjects } from '../objects/write-loose.ts';
import { keyOf } from '../path-bytes.ts';

interface Content {
  readonly parents: readonly string[];
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly message: string;
}

const identity = { name: 'Gas Town', email: 'gas-town@users.noreply.github.com' };

/** Length in hex of the ids of a repository that is made anew. */
const usualLength = 40;

/** Writes blobs, their flat tree and the commit; what is named is on the disk once it resolves. */
export async function writeCommit(
  repository: string,
  { parents, files, message }: Content,
  at: Date,
): Promise<string> {
  const objects = new LooseObjects(repository, parents[0]?.length ?? usualLength);
  const items: TreeItem[] = [];
  for (const [name, bytes] of files)
    items.push({ name: keyOf(Buffer.from(name)), mode: '100644', oid: objects.add('blob', bytes) });
  const tree = objects.add('tree', formatTree(items));
  const author = { ...identity, at: at.toISOString() };
  const commit = objects.add('commit', formatCommit({ tree, parents, message, author }));
  await objects.written();
  return commit;
}
