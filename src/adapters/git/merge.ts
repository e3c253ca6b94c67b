import type { ConflictedPath, MergeResult } from '../../town/ports/git-store.ts';
import type { Git } from './git-process.ts';
import { forkPoint } from './objects/fork-point.ts';
import type { HistoryReader } from './objects/history-reader.ts';
import { mergeFolders } from './objects/merge-folders.ts';
import { LooseObjects } from './objects/write-loose.ts';
import { keyOf, shown } from './path-bytes.ts';
import type { TreeEntry } from './tree-entries.ts';

/** Merges two commits without a working tree; by a git process only where both sides changed the same entry. */
export async function merge(
  git: Git,
  history: HistoryReader,
  repository: string,
  ours: string,
  theirs: string,
): Promise<MergeResult> {
  const fork = await forkPoint(history, ours, theirs);
  if (fork === null) return mergeByGit(git, ours, theirs);
  const [base, one, other] = await Promise.all([
    history.treeAt(fork),
    history.treeAt(ours),
    history.treeAt(theirs),
  ]);
  const objects = new LooseObjects(repository, base.length);
  const tree = await mergeFolders(history, objects, { base, ours: one, theirs: other });
  await objects.written();
  return tree === null ? mergeByGit(git, ours, theirs) : { status: 'clean', tree };
}

/** Exit status 0 is clean, 1 is a conflict; anything else is a failure. */
async function mergeByGit(git: Git, ours: string, theirs: string): Promise<MergeResult> {
  const { exitCode, stdout } = await git.run(
    ['merge-tree', '--write-tree', '-z', '--messages', '--allow-unrelated-histories', ours, theirs],
    { allowed: [0, 1] },
  );
  const fields = keyOf(stdout).split('\0');
  const tree = fields[0] ?? '';
  if (exitCode === 0) return { status: 'clean', tree };
  const end = fields.indexOf('', 1);
  const paths = conflictedPaths(fields.slice(1, end === -1 ? undefined : end));
  const messages = end === -1 ? [] : conflictMessages(fields.slice(end + 1));
  return { status: 'conflict', tree, paths, messages: messages.join('\n') };
}

const sides = ['base', 'ours', 'theirs'] as const;

/** Fields of `<mode> <object> <stage>\t<path>`; stages 1, 2 and 3 are base, ours and theirs. Source: git-merge-tree(1). */
function conflictedPaths(fields: readonly string[]): ConflictedPath[] {
  const found = new Map<string, Record<(typeof sides)[number], TreeEntry | null>>();
  for (const field of fields) {
    const tab = field.indexOf('\t');
    const [mode = '', oid = '', stage = ''] = field.slice(0, tab).split(' ');
    const path = shown(field.slice(tab + 1));
    const entry = found.get(path) ?? { base: null, ours: null, theirs: null };
    const side = sides[Number(stage) - 1];
    if (side !== undefined) entry[side] = { mode, oid };
    found.set(path, entry);
  }
  return [...found].map(([path, entry]) => ({ path, ...entry }));
}

/** Records of `<number of paths> NUL <path>… NUL <kind> NUL <message>`. */
function conflictMessages(fields: readonly string[]): string[] {
  const messages: string[] = [];
  for (let at = 0; at < fields.length; ) {
    const count = Number(fields[at]);
    const message = fields[at + count + 2];
    if (!Number.isInteger(count) || message === undefined) break;
    messages.push(shown(message).trimEnd());
    at += count + 3;
  }
  return messages;
}
