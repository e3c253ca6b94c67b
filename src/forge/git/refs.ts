import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isSha } from './objects.ts';
import { git, tryGit } from './run-git.ts';

export interface Ref {
  readonly name: string;
  readonly type: string;
  readonly sha: string;
}

export const nullSha = '0'.repeat(40);

/** True for a full ref name that git accepts and that stays inside `refs/`. */
export async function isRefName(repository: string, name: string): Promise<boolean> {
  if (
    name.includes('\0') ||
    !name.startsWith('refs/') ||
    name.split('/').length < 3 ||
    name.startsWith('refs/pull/')
  )
    return false;
  return (await tryGit(repository, ['check-ref-format', name])).code === 0;
}

/** The refs at or below a prefix (`refs/heads`, `refs/heads/main`). */
export async function listRefs(repository: string, prefix: string): Promise<Ref[]> {
  if (prefix.includes('\0')) return [];
  const text = await git(repository, [
    'for-each-ref',
    '--format=%(refname) %(objecttype) %(objectname)',
    prefix,
  ]);
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [name = '', type = '', sha = ''] = line.split(' ');
      return { name, type, sha };
    });
}

export async function findRef(repository: string, name: string): Promise<Ref | undefined> {
  return (await listRefs(repository, name)).find((ref) => ref.name === name);
}

/** The commit a branch points at, or undefined. */
export async function branchHead(repository: string, branch: string): Promise<string | undefined> {
  return (await looseBranch(repository, branch)) ?? (await findRef(repository, `refs/heads/${branch}`))?.sha;
}

/**
 * Where a branch stands by its own file, which is asked for with nearly every event; undefined where it has none, and git
 * has to look. Source: gitrepository-layout(5), refs/heads.
 */
async function looseBranch(repository: string, branch: string): Promise<string | undefined> {
  if (!/^\w[\w./-]*$/.test(branch) || /\.\.|\.lock(\/|$)/.test(branch)) return undefined;
  try {
    const sha = (await readFile(path.join(repository, 'refs', 'heads', branch), 'utf8')).trimEnd();
    return isSha(sha) ? sha : undefined;
  } catch {
    return undefined;
  }
}

/** The commit that a branch, tag, full ref or object id names; undefined where it names none. */
export async function resolveCommit(repository: string, name: string): Promise<string | undefined> {
  if (name.startsWith('-') || /[\0\s:^~?*[\\]|\.\.|@\{/.test(name)) return undefined;
  const candidates = /^[0-9a-f]{40}$/.test(name)
    ? [name]
    : [
        `refs/heads/${name}`,
        `refs/tags/${name}`,
        name === 'HEAD' ? name : `refs/${name.replace(/^refs\//, '')}`,
      ];
  const branch = isSha(name) ? undefined : await looseBranch(repository, name);
  if (branch !== undefined) return branch;
  for (const candidate of [...candidates, ...(/^[0-9a-f]{7,39}$/.test(name) ? [name] : [])]) {
    const result = await tryGit(repository, ['rev-parse', '--verify', '--quiet', `${candidate}^{commit}`]);
    if (result.code === 0) return result.stdout.toString().trim();
  }
  return undefined;
}

export type RefUpdate = 'updated' | 'changed meanwhile';

/** Moves a ref from `before` to `after` (null sha: create or delete) where it still is at `before`. */
export async function updateRef(
  repository: string,
  name: string,
  after: string,
  before: string,
): Promise<RefUpdate> {
  const arguments_ =
    after === nullSha ? ['update-ref', '-d', name, before] : ['update-ref', name, after, before];
  const result = await tryGit(repository, arguments_);
  return result.code === 0 ? 'updated' : 'changed meanwhile';
}

export async function isAncestor(repository: string, ancestor: string, descendant: string): Promise<boolean> {
  return (await tryGit(repository, ['merge-base', '--is-ancestor', ancestor, descendant])).code === 0;
}
