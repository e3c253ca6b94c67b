import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { git, tryGit } from './run-git.ts';

export interface TreeEntry {
  readonly path: string;
  readonly mode: string;
  readonly type: 'blob' | 'tree' | 'commit';
  readonly sha: string;
  /** Bytes of a blob. */
  readonly size?: number;
}

/** A full object id. Anything else never reaches git as an object name. */
export function isSha(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text);
}

export async function objectType(repository: string, sha: string): Promise<string | undefined> {
  if (!isSha(sha)) return undefined;
  const result = await tryGit(repository, ['cat-file', '-t', sha]);
  return result.code === 0 ? result.stdout.toString().trim() : undefined;
}

export async function readBlob(repository: string, sha: string): Promise<Buffer | undefined> {
  if (!isSha(sha)) return undefined;
  const result = await tryGit(repository, ['cat-file', 'blob', sha]);
  return result.code === 0 ? result.stdout : undefined;
}

/** The file at a path of a commit; undefined where there is none. */
export async function readFileAt(repository: string, sha: string, path: string): Promise<Buffer | undefined> {
  const [entry] = isSha(sha) ? ((await listTree(repository, sha, { only: path })) ?? []) : [];
  return entry?.type === 'blob' ? readBlob(repository, entry.sha) : undefined;
}

export async function writeBlob(repository: string, content: Buffer): Promise<string> {
  return (await git(repository, ['hash-object', '-w', '--stdin'], { input: content })).trim();
}

/** Entries of a tree-ish, with their whole paths where `recursive`. Undefined where there is no such tree. */
export async function listTree(
  repository: string,
  treeish: string,
  options: { readonly recursive?: boolean; readonly only?: string } = {},
): Promise<TreeEntry[] | undefined> {
  const result = await tryGit(repository, [
    'ls-tree',
    '-z',
    '-l',
    ...(options.recursive ? ['-r', '-t'] : []),
    treeish,
    ...(options.only === undefined ? [] : ['--', `:(literal)${options.only}`]),
  ]);
  if (result.code !== 0) return undefined;
  return result.stdout
    .toString()
    .split('\0')
    .filter((line) => line !== '')
    .map(parseEntry);
}

function parseEntry(line: string): TreeEntry {
  const tab = line.indexOf('\t');
  const [mode = '', type = '', sha = '', size = '-'] = line.slice(0, tab).split(/ +/);
  return {
    path: line.slice(tab + 1),
    mode,
    type: type === 'tree' || type === 'commit' ? type : 'blob',
    sha,
    ...(size === '-' ? {} : { size: Number(size) }),
  };
}

/** One path set to an object, or removed (`sha: null`), on top of a base tree. */
export interface TreeChange {
  readonly path: string;
  readonly mode: string;
  readonly sha: string | null;
}

/** Writes a tree: the base (or nothing) with the changes on top, through an index of its own. */
export async function writeTree(
  repository: string,
  base: string | undefined,
  changes: readonly TreeChange[],
): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'forge-index-'));
  const env = { GIT_INDEX_FILE: path.join(folder, 'index') };
  try {
    if (base !== undefined) await git(repository, ['read-tree', base], { env });
    for (const change of changes.filter((one) => one.mode === '040000' && one.sha !== null)) {
      await git(repository, ['read-tree', `--prefix=${change.path}/`, change.sha ?? ''], { env });
    }
    const lines = changes
      .filter((change) => change.mode !== '040000' || change.sha === null)
      .map((change) =>
        change.sha === null
          ? `0 ${'0'.repeat(40)}\t${change.path}\0`
          : `${change.mode} ${change.sha}\t${change.path}\0`,
      );
    await git(repository, ['update-index', '-z', '--add', '--replace', '--index-info'], {
      env,
      input: lines.join(''),
    });
    return (await git(repository, ['write-tree'], { env })).trim();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** True for a path that git and every system may safely hold: no empty, `.`, `..` or `.git` part. */
export function isSafePath(text: string): boolean {
  if (text === '' || text.includes('\0')) return false;
  return text
    .split('/')
    .every((part) => part !== '' && part !== '.' && part !== '..' && part.toLowerCase() !== '.git');
}
