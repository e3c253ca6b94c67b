import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { Git } from './git-process.ts';
import { shown } from './path-bytes.ts';
import { type EntryChange, entryChanges } from './tree-entries.ts';

/**
 * A tree like `tree`, in which every path that `select` names stands as it does in `from`. Built in an index of its own:
 * no file of either tree is written.
 */
export async function restorePaths(
  git: Git,
  tree: string,
  from: string,
  select: (path: string) => boolean,
): Promise<string> {
  const changes = (await entryChanges(git, from, tree)).filter(({ key }) => select(shown(key)));
  if (changes.length === 0) return git.text(['rev-parse', '--verify', '--end-of-options', `${tree}^{tree}`]);
  const index = await git.text(['rev-parse', '--git-path', `restore-${randomUUID()}.index`]);
  const variables = { GIT_INDEX_FILE: index };
  try {
    await git.run(['read-tree', tree], { variables });
    await git.run(['update-index', '-z', '--index-info'], { variables, input: indexInfo(changes) });
    return await git.text(['write-tree'], { variables });
  } finally {
    await rm(index, { force: true });
  }
}

/** Records of `<mode> <object> TAB <path> NUL`; mode 0 takes a path out. What goes makes room for what comes. */
function indexInfo(changes: readonly EntryChange[]): Buffer {
  const gone = changes.filter(({ before }) => before === null);
  const back = changes.filter(({ before }) => before !== null);
  const record = ({ key, before, after }: EntryChange): string => {
    const oid = before?.oid ?? '0'.repeat(after?.oid.length ?? 40);
    return `${before?.mode ?? '0'} ${oid}\t${key}\0`;
  };
  return Buffer.from([...gone, ...back].map(record).join(''), 'latin1');
}
