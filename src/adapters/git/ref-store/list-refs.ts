import type { Remote } from '../../../town/ports/git-store.ts';
import type { Git } from '../git-process.ts';
import { remoteAccess } from '../remote-access.ts';

/** The remote's refs that fit one of the patterns, with what they stand at. */
export async function listRefs(
  git: Git,
  remote: Remote,
  patterns: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { url, settings, variables } = remoteAccess(remote);
  const listed = await git.text(['ls-remote', '--refs', url, ...patterns], { settings, variables });
  const lines = listed === '' ? [] : listed.split('\n');
  return new Map(
    lines.map((line) => {
      const [oid = '', ref = ''] = line.split('\t');
      return [ref, oid];
    }),
  );
}
