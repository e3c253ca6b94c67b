import type { CommitWriter } from './commit-writer.ts';
import { formatCommit } from './objects/commit-object.ts';
import { editTree } from './objects/edit-tree.ts';
import type { HistoryReader } from './objects/history-reader.ts';
import { LooseObjects } from './objects/write-loose.ts';
import type { PathKey } from './path-bytes.ts';
import type { TreeEntry } from './tree-entries.ts';

/** Writes a few small files and their commit as loose objects, all at once. `length`: of an object id in hex. */
export function writeLooseCommit(repository: string, history: HistoryReader, length: number): CommitWriter {
  const objects = new LooseObjects(repository, length);
  let blobs = 0;
  return {
    async blob(content) {
      objects.add('blob', content);
      blobs += 1;
      return blobs;
    },
    async commit({ parent, author, message, deleted, written }) {
      const changes = new Map<PathKey, TreeEntry | null>(deleted.map((key) => [key, null]));
      for (const { key, mode, oid } of written) changes.set(key, { mode, oid });
      const tree = await editTree(history, objects, await history.treeAt(parent), changes);
      const commit = objects.add('commit', formatCommit({ tree, parents: [parent], message, author }));
      await objects.written();
      return commit;
    },
    abandon: () => objects.written().catch(() => undefined),
  };
}
