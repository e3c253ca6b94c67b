import { readdir, stat } from 'node:fs/promises';
import { userGit, userGitOrNull } from './user-git.ts';

/** The folder in a workspace that is the town's own. */
export const townFolder = '.gas-town';

export type WorkspaceState =
  | { readonly kind: 'missing' | 'empty' }
  /** Files, and no git repository around them. */
  | { readonly kind: 'plain' }
  | { readonly kind: 'file' }
  /** Inside a repository, but not at its top. */
  | { readonly kind: 'subfolder'; readonly top: string }
  | {
      readonly kind: 'repository';
      /** Null before the first commit. */
      readonly head: string | null;
      /** Null when the head is detached. */
      readonly branch: string | null;
      /** The head's tree has no file. */
      readonly bare: boolean;
      /** Paths with uncommitted changes, untracked files among them. */
      readonly dirty: readonly string[];
    };

/** What lies at a path that someone named as a workspace. Changes nothing. */
export async function inspectWorkspace(folder: string): Promise<WorkspaceState> {
  const found = await stat(folder).catch(missing);
  if (found === null) return { kind: 'missing' };
  if (!found.isDirectory()) return { kind: 'file' };
  const entries = (await readdir(folder)).filter((name) => name !== townFolder);
  if (entries.length === 0) return { kind: 'empty' };
  if (!entries.includes('.git')) {
    const top = await userGitOrNull(folder, ['rev-parse', '--show-toplevel']);
    return top === null ? { kind: 'plain' } : { kind: 'subfolder', top };
  }
  return inspectRepository(folder);
}

function missing(error: unknown): null {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
  throw error;
}

async function inspectRepository(folder: string): Promise<WorkspaceState> {
  const ask = (...args: string[]): Promise<string | null> => userGitOrNull(folder, args);
  const head = await ask('rev-parse', '--verify', '--quiet', 'HEAD');
  const branch = await ask('symbolic-ref', '--short', '--quiet', 'HEAD');
  const tracked = head === null ? '' : await userGit(folder, ['ls-tree', '--name-only', 'HEAD']);
  const status = await userGit(folder, [
    'status',
    '--porcelain',
    '-z',
    '--untracked-files=normal',
    '--no-renames',
  ]);
  const dirty = status
    .split('\0')
    .map((line) => line.slice(3))
    .filter((path) => path !== '' && path !== `${townFolder}/` && !path.startsWith(`${townFolder}/`));
  return { kind: 'repository', head, branch, bare: tracked === '', dirty };
}
