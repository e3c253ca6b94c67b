import type { CommitChangesResult, Signature } from '../../town/ports/git-store.ts';
import type { Change } from '../../town/ports/sandbox.ts';
import { checkChanges } from './checked-changes.ts';
import type { CommitWriter, WrittenFile } from './commit-writer.ts';
import { startFastImport } from './fast-import.ts';
import { TreeMiswritten } from './git-errors.ts';
import type { Git } from './git-process.ts';
import { entryChanges } from './objects/compare-folders.ts';
import type { HistoryReader } from './objects/history-reader.ts';
import { objectId } from './objects/object-id.ts';
import { keyOf, type PathKey } from './path-bytes.ts';
import type { CommitLimits } from './path-rules.ts';
import type { TreeEntry } from './tree-entries.ts';
import { writeLooseCommit } from './write-loose-commit.ts';

interface CommitChangesRequest {
  readonly parent: string;
  readonly changes: Iterable<Change> | AsyncIterable<Change>;
  readonly message: string;
  readonly author: Signature;
}

export interface CommitParts {
  readonly git: Git;
  readonly repository: string;
  readonly history: HistoryReader;
  readonly limits: CommitLimits;
}

/**
 * Writes changes on top of `parent`'s tree and commits them. Contents pass through one at a time and are never a file of
 * the host. What was written is read again, by git, and compared with what was asked for before the commit is given out.
 */
export async function commitChanges(
  parts: CommitParts,
  entriesOfParent: Promise<ReadonlyMap<PathKey, TreeEntry>>,
  request: CommitChangesRequest,
): Promise<CommitChangesResult> {
  const parent = await entriesOfParent;
  const check = checkChanges(parent, parts.limits);
  const writer = writerFor(parts, request);
  try {
    const written = new Map<PathKey, WrittenFile>();
    for await (const change of request.changes) {
      if (check.refuse(change) !== null || change.kind === 'delete') continue;
      const key = keyOf(change.path);
      const oid = objectId('blob', change.content, request.parent.length);
      written.set(key, { key, mode: change.mode, oid, mark: await writer.blob(change.content) });
    }
    const { deleted, kept } = check.settle([...written.keys()]);
    const differing = [...written].filter(([key, entry]) => kept.has(key) && !same(parent.get(key), entry));
    const expected = new Map<PathKey, TreeEntry | null>(differing);
    for (const key of deleted) expected.set(key, null);
    if (expected.size === 0) return { status: 'unchanged', refused: check.refused };
    const { author, message } = request;
    const files = differing.map(([, file]) => file);
    const commit = await writer.commit({ parent: request.parent, author, message, deleted, written: files });
    await verifyWritten(parts.history, request.parent, commit, expected);
    const tree = await parts.history.treeAt(commit);
    return { status: 'committed', commit, tree, files: expected.size, refused: check.refused };
  } finally {
    await writer.abandon();
  }
}

/** git makes a pack of more files than these (its `fastimport.unpackLimit`), which a folder of loose objects is no match for. */
const fewFiles = 100;
const fewBytes = 8 * 2 ** 20;

function writerFor(
  { git, repository, history }: CommitParts,
  { changes, parent }: CommitChangesRequest,
): CommitWriter {
  const isFew = Array.isArray(changes) && changes.length <= fewFiles && bytesOf(changes) <= fewBytes;
  return isFew ? writeLooseCommit(repository, history, parent.length) : startFastImport(git);
}

const bytesOf = (changes: readonly Change[]): number =>
  changes.reduce((sum, change) => sum + (change.kind === 'write' ? change.content.length : 0), 0);

const same = (before: TreeEntry | null | undefined, after: TreeEntry | null): boolean =>
  before?.mode === after?.mode && before?.oid === after?.oid;

async function verifyWritten(
  history: HistoryReader,
  parent: string,
  commit: string,
  expected: ReadonlyMap<PathKey, TreeEntry | null>,
): Promise<void> {
  const actual = await entryChanges(history, parent, commit);
  const right = actual.filter(
    ({ key, after }) => expected.has(key) && same(expected.get(key) ?? null, after),
  );
  if (right.length !== expected.size || actual.length !== expected.size) {
    throw new TreeMiswritten(commit, expected.size, right.length);
  }
}
