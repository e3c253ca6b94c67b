import { GitFailed } from './git-errors.ts';
import type { Git } from './git-process.ts';
import type { ObjectReader } from './objects/object-reader.ts';
import type { RefMover } from './ref-mover.ts';
import { isObjectId } from './remembered.ts';

const absent = (oid: string): string => '0'.repeat(oid.length);

/** The object that a revision names; null where it names none. A whole id names itself, whether it is there or not. */
export async function resolveRevision(
  git: Git,
  revision: string,
  reader?: ObjectReader,
): Promise<string | null> {
  if (isObjectId(revision)) return revision;
  // A submodule's commit is named by its path, and never there.
  if (reader && !revision.includes(':')) return (await reader.look(revision))?.oid ?? null;
  const { exitCode, stdout } = await git.run(
    ['rev-parse', '--verify', '--quiet', '--end-of-options', revision],
    { allowed: [0, 1, 128] },
  );
  return exitCode === 0 ? stdout.toString('utf8').trim() : null;
}

/** The tree of a commit. Rejects with `GitFailed` where there is no such commit. */
export async function treeOf(git: Git, reader: ObjectReader, commit: string): Promise<string> {
  const tree = await reader.look(`${commit}^{tree}`);
  return tree?.oid ?? git.text(['rev-parse', '--verify', '--end-of-options', `${commit}^{tree}`]);
}

/** Compare and swap. False when the ref stood elsewhere, decided by reading it again rather than by git's words. */
export async function moveRef(
  git: Git,
  mover: RefMover,
  ref: string,
  to: string,
  expected: string | null,
): Promise<boolean> {
  const old = expected ?? absent(to);
  try {
    await mover.move(ref, to, old);
    return true;
  } catch (error) {
    const standing = await resolveRevision(git, ref);
    // A git that was killed may have moved it first; one that refused has not, whoever did.
    const wasKilled = error instanceof GitFailed && error.exitCode === null;
    if (standing !== expected) return wasKilled && standing === to;
    // It stands where it should and could still not be moved: a lock that was left, or no right to write.
    await git.run(['update-ref', '--no-deref', ref, to, old]);
    return true;
  }
}

export async function deleteRef(git: Git, ref: string): Promise<void> {
  await git.run(['update-ref', '--no-deref', '-d', ref]);
}

/** The names of all refs below a prefix: `refs/gas-town/convoy/7/`. */
export async function refsBelow(git: Git, prefix: string): Promise<string[]> {
  const names = await git.text(['for-each-ref', '--format=%(refname)', prefix]);
  return names.split('\n').filter((name) => name !== '');
}

export async function isAncestor(git: Git, ancestor: string, descendant: string): Promise<boolean> {
  const { exitCode } = await git.run(['merge-base', '--is-ancestor', ancestor, descendant], {
    allowed: [0, 1],
  });
  return exitCode === 0;
}

/** Exit status 1 says that there is none. */
export async function mergeBase(git: Git, one: string, other: string): Promise<string | null> {
  const { exitCode, stdout } = await git.run(['merge-base', one, other], { allowed: [0, 1] });
  return exitCode === 0 ? stdout.toString('utf8').trim() : null;
}
