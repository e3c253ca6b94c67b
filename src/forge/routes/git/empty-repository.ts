import { git } from '../../git/run-git.ts';

/** True where a repository has no branch yet. */
export async function isEmpty(path: string): Promise<boolean> {
  return (await git(path, ['for-each-ref', '--count=1', 'refs/heads'])) === '';
}
