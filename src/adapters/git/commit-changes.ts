import type { CommitChangesResult, Signature } from '../../town/ports/git-store.ts';
import type { Change } from '../../town/ports/sandbox.ts';
import { checkChanges } from './checked-changes.ts';
import { type FastImport, startFastImport } from './fast-import.ts';
import { TreeMiswritten } from './git-errors.ts';
import type { Git } from './git-process.ts';
import { blobId } from './object-id.ts';
import type { ObjectReader } from './object-reader.ts';
import { keyOf, type PathKey } from './path-bytes.ts';
import type { CommitLimits } from './path-rules.ts';
import { treeOf } from './refs.ts';
import { entryChanges, type TreeEntry } from './tree-entries.ts';

interface CommitChangesRequest {
  readonly parent: string;
  readonly changes: Iterable<Change> | AsyncIterable<Change>;
  readonly message: string;
  readonly author: Signature;
}

interface Written extends TreeEntry {
  readonly mark: number;
}

/**
 * Writes changes on top of `parent`'s tree and commits them. Contents pass through one at a time and are never a file of
 * the host. What was written is compared with what was asked for before the commit is given out.
 */
export async function commitChanges(
  git: Git,
  reader: ObjectReader,
  entriesOfParent: Promise<ReadonlyMap<PathKey, TreeEntry>>,
  request: CommitChangesRequest,
  limits: CommitLimits,
): Promise<CommitChangesResult> {
  const parent = await entriesOfParent;
  const check = checkChanges(parent, limits);
  const importing = startFastImport(git);
  try {
    const written = new Map<PathKey, Written>();
    for await (const change of request.changes) {
      if (check.refuse(change) !== null || change.kind === 'delete') continue;
      const oid = blobId(change.content, request.parent.length);
      written.set(keyOf(change.path), { mode: change.mode, oid, mark: await importing.blob(change.content) });
    }
    const { deleted, kept } = check.settle([...written.keys()]);
    const differing = [...written].filter(([key, entry]) => kept.has(key) && !same(parent.get(key), entry));
    const expected = new Map<PathKey, TreeEntry | null>(differing);
    for (const key of deleted) expected.set(key, null);
    if (expected.size === 0) return { status: 'unchanged', refused: check.refused };
    const commit = await writeCommit(importing, request, deleted, differing);
    await verifyWritten(git, request.parent, commit, expected);
    const tree = await treeOf(git, reader, commit);
    return { status: 'committed', commit, tree, files: expected.size, refused: check.refused };
  } finally {
    await importing.abandon();
  }
}

const same = (before: TreeEntry | null | undefined, after: TreeEntry | null): boolean =>
  before?.mode === after?.mode && before?.oid === after?.oid;

const writeCommit = (
  importing: FastImport,
  { parent, author, message }: CommitChangesRequest,
  deleted: readonly PathKey[],
  written: readonly (readonly [PathKey, Written])[],
): Promise<string> =>
  importing.commit({
    parent,
    author,
    message,
    deleted,
    written: written.map(([key, { mode, mark }]) => ({ key, mode, mark })),
  });

async function verifyWritten(
  git: Git,
  parent: string,
  commit: string,
  expected: ReadonlyMap<PathKey, TreeEntry | null>,
): Promise<void> {
  const actual = await entryChanges(git, parent, commit);
  const right = actual.filter(({ key, after }) => expected.has(key) && same(expected.get(key), after));
  if (right.length !== expected.size || actual.length !== expected.size) {
    throw new TreeMiswritten(commit, expected.size, right.length);
  }
}
