import { join } from 'node:path';
import type { GitStore, GitStores } from '../../town/ports/git-store.ts';
import { createGit } from './git-process.ts';
import { createGitStore } from './git-store.ts';
import { requireGit } from './git-version.ts';
import { makeRepository } from './make-repository.ts';
import { type CommitLimits, defaultLimits } from './path-rules.ts';
import { noPatience, type PushPatience } from './run-push.ts';

export interface GitStoresOptions {
  /** Absolute path; each rig has `<repository id>.git` in it. */
  readonly folder: string;
  /** The git program. Default: `git`, found by PATH. */
  readonly git?: string;
  /** Milliseconds since 1970: dates the files that go into sandboxes. */
  readonly now: () => number;
  readonly limits?: CommitLimits;
  /** The host's environment, of which only the search path, proxies and certificates are used. */
  readonly host?: Readonly<Record<string, string | undefined>>;
  /** Default: a push that the remote does not take is not made again. */
  readonly patience?: PushPatience;
}

/** Where a rig's bare repository is. */
export const rigRepository = (folder: string, repositoryId: number): string =>
  join(folder, `${repositoryId}.git`);

/** Bare repositories driven by the git program. `open` rejects with `GitMissing` or `GitTooOld`. */
export function createGitStores(options: GitStoresOptions): GitStores {
  const place = { program: options.git ?? 'git', host: options.host ?? process.env };
  const { limits = defaultLimits, patience = noPatience } = options;
  const opened = new Map<number, Promise<GitStore>>();

  const open = async (repositoryId: number): Promise<GitStore> => {
    await requireGit(createGit({ ...place, repository: null }));
    const repository = rigRepository(options.folder, repositoryId);
    const git = createGit({ ...place, repository });
    await makeRepository(git, repository);
    return createGitStore({ git, repository, limits, patience, now: options.now });
  };

  return {
    open(repositoryId) {
      const known = opened.get(repositoryId);
      if (known !== undefined) return known;
      const opening = open(repositoryId);
      opened.set(repositoryId, opening);
      // What failed once may work the next time: a git that was installed meanwhile, a disk that has room again.
      opening.catch(() => opened.delete(repositoryId));
      return opening;
    },
  };
}
