import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import type { Remote } from '../../town/ports/git-store.ts';

/** An empty repository that is pushed to by its path, with what else is asked of it by git itself. */
export interface BareRepository {
  readonly remote: Remote;
  git(...args: readonly string[]): string;
  refs(): readonly string[];
}

export function bareRepository(path: string): BareRepository {
  mkdirSync(path, { recursive: true });
  const git = (...args: readonly string[]): string =>
    execFileSync('git', [`--git-dir=${path}`, ...args], { encoding: 'utf8' }).trim();
  git('init', '--bare', '--quiet');
  return {
    remote: { url: path, token: null },
    git,
    refs: () =>
      git('for-each-ref', '--format=%(refname)')
        .split('\n')
        .filter((ref) => ref !== ''),
  };
}
