import { git, tryGit } from './run-git.ts';

export interface ChangedFile {
  readonly status: 'added' | 'removed' | 'modified' | 'renamed' | 'copied' | 'changed';
  readonly filename: string;
  readonly previousFilename?: string;
  /** Blob after the change, or before it where the file was removed. */
  readonly sha: string;
  readonly additions: number;
  readonly deletions: number;
  /** Unified hunks without the file header; absent for binary files and pure renames. */
  readonly patch?: string;
}

const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
const statuses: Readonly<Record<string, ChangedFile['status']>> = {
  A: 'added',
  D: 'removed',
  M: 'modified',
  R: 'renamed',
  C: 'copied',
  T: 'changed',
};

/** The best common ancestor of two commits, or undefined where they have none. */
export async function mergeBase(repository: string, a: string, b: string): Promise<string | undefined> {
  const result = await tryGit(repository, ['merge-base', a, b]);
  return result.code === 0 ? result.stdout.toString().trim() : undefined;
}

const flags = ['diff-tree', '-r', '-M', '--no-ext-diff', '--no-textconv'];

/** The same files as `diffFiles` finds, without what changed in them. */
export async function changedFiles(
  repository: string,
  from: string | undefined,
  to: string,
): Promise<Pick<ChangedFile, 'status' | 'filename' | 'previousFilename'>[]> {
  const records = await git(repository, [...flags, '-z', '--raw', '--no-abbrev', from ?? emptyTree, to]);
  return parseRaw(records.split('\0')).files;
}

/** Files that differ between two commits or trees (`from` undefined: the empty tree), with renames found. */
export async function diffFiles(
  repository: string,
  from: string | undefined,
  to: string,
): Promise<ChangedFile[]> {
  const base = from ?? emptyTree;
  const [records, patch] = await Promise.all([
    git(repository, [...flags, '-z', '--raw', '--numstat', '--no-abbrev', base, to]),
    git(repository, [...flags, '-p', '--full-index', base, to]),
  ]);
  const { files, rest } = parseRaw(records.split('\0'));
  const counts = parseNumstat(rest);
  const patches = splitPatch(patch);
  return files.map((file, index) => {
    const count = counts[index] ?? { additions: 0, deletions: 0 };
    const patch = patches[index];
    return { ...file, ...count, ...(patch === undefined || patch === '' ? {} : { patch }) };
  });
}

type RawFile = Omit<ChangedFile, 'additions' | 'deletions' | 'patch'>;

/** The files of raw records, and the fields that come after those. */
function parseRaw(fields: readonly string[]): { readonly files: RawFile[]; readonly rest: string[] } {
  const files: RawFile[] = [];
  let at = 0;
  while (at < fields.length) {
    const head = fields[at];
    if (head === undefined || !head.startsWith(':')) break;
    const [, , before = '', after = '', letter = 'M'] = head.split(' ');
    const status = statuses[letter[0] ?? 'M'] ?? 'changed';
    const first = fields[at + 1] ?? '';
    const renamed = status === 'renamed' || status === 'copied';
    files.push({
      status,
      filename: renamed ? (fields[at + 2] ?? '') : first,
      ...(renamed ? { previousFilename: first } : {}),
      sha: status === 'removed' ? before : after,
    });
    at += renamed ? 3 : 2;
  }
  return { files, rest: fields.slice(at) };
}

function parseNumstat(fields: readonly string[]): { additions: number; deletions: number }[] {
  const counts: { additions: number; deletions: number }[] = [];
  for (let at = 0; at < fields.length; ) {
    const [added, removed, name] = (fields[at] ?? '').split('\t');
    if (added === undefined || removed === undefined) break;
    counts.push({ additions: Number(added) || 0, deletions: Number(removed) || 0 });
    at += name === '' ? 3 : 1;
  }
  return counts;
}

/** One entry a file: its hunks, or an empty string. A type change makes two sections in git's output; they are joined. */
function splitPatch(text: string): string[] {
  const sections = text.split(/^(?=diff --git )/m).filter((section) => section.startsWith('diff --git '));
  const hunks: string[] = [];
  let last = '';
  for (const section of sections) {
    const [header = ''] = section.split('\n', 1);
    const start = section.search(/^@@ /m);
    const hunk = start < 0 ? '' : section.slice(start).replace(/\n$/, '');
    if (header === last) hunks[hunks.length - 1] = [hunks.at(-1), hunk].filter(Boolean).join('\n');
    else hunks.push(hunk);
    last = header;
  }
  return hunks;
}
