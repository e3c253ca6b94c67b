import type { GitStore, GitStores, Oid, Remote } from '../ports/git-store.ts';

const own = 'refs/gas-town/convoy/';
const heads = 'refs/heads/gas-town/convoy-';
const work = 'refs/gas-town/work/';

/**
 * Where a ref of the town's own stands on the remote, for runners that share nothing but that; null for a ref that others
 * need not see. Never under `refs/heads`, where a push starts workflows on what nobody has verified.
 */
function sharedRef(ref: string): string | null {
  if (ref.startsWith(work)) return ref;
  if (ref.startsWith(own)) return `refs/gas-town/git/${ref.slice(own.length)}`;
  return null;
}

/** What brings a convoy's commits to a runner that has nothing: its beads' work, its candidates and its head. */
export const sharedRefspecs = (issue: number): readonly string[] => [
  `+${work}${issue}.*:${work}${issue}.*`,
  `+refs/gas-town/git/${issue}/*:${own}${issue}/*`,
  `+${heads}${issue}*:${heads}${issue}*`,
];

/** Every bead's work and every convoy's candidates: what another runner may have made a moment ago. */
const everyonesWork: readonly string[] = [`+${work}*:${work}*`, `+refs/gas-town/git/*:${own}*`];

/** Takes a ref along with the push that tells of it, in place of a push of its own. */
export type Carry = (ref: string, commit: Oid) => void;

/**
 * Bare repositories whose commits other runners see: what a ref of the town's own names is pushed before anyone is told of
 * it, and a commit that another runner made is fetched where it is first asked for.
 */
export function shareGit(
  stores: GitStores,
  remote: () => Promise<Remote>,
  carry: Carry | null = null,
): GitStores {
  return {
    open: async (repositoryId) => {
      const store = await stores.open(repositoryId);
      const have = async (...commits: readonly Oid[]): Promise<void> => {
        for (const commit of commits) {
          if ((await store.resolve(`${commit}^{object}`)) !== null) continue;
          await store.fetch(await remote(), everyonesWork);
          return;
        }
      };
      return {
        ...store,
        ...withCommits(store, have),
        moveRef: async (ref, to, expected) => {
          const elsewhere = sharedRef(ref);
          if (elsewhere !== null && carry !== null) carry(elsewhere, to);
          else if (elsewhere !== null) await pushShared(store, await remote(), elsewhere, to);
          return store.moveRef(ref, to, expected);
        },
      };
    },
  };
}

type Asked = Pick<
  GitStore,
  | 'treeOf'
  | 'difference'
  | 'merge'
  | 'commitTree'
  | 'mergeBase'
  | 'isAncestor'
  | 'diff'
  | 'changedEntries'
  | 'changedPaths'
  | 'readFile'
  | 'listFiles'
>;

/** The operations that read a commit, each after it was looked for. */
function withCommits(store: GitStore, have: (...commits: readonly Oid[]) => Promise<void>): Asked {
  const after = async <T>(commits: readonly Oid[], read: () => Promise<T>): Promise<T> => {
    await have(...commits);
    return read();
  };
  return {
    treeOf: (commit) => after([commit], () => store.treeOf(commit)),
    difference: (from, to) => after([from, to], () => store.difference(from, to)),
    merge: (ours, theirs) => after([ours, theirs], () => store.merge(ours, theirs)),
    commitTree: (request) => after(request.parents, () => store.commitTree(request)),
    mergeBase: (one, other) => after([one, other], () => store.mergeBase(one, other)),
    isAncestor: (one, other) => after([one, other], () => store.isAncestor(one, other)),
    diff: (from, to, options) => after([from, to], () => store.diff(from, to, options)),
    changedEntries: (from, to) => after([from, to], () => store.changedEntries(from, to)),
    changedPaths: (from, to) => after([from, to], () => store.changedPaths(from, to)),
    readFile: (treeish, path, maxBytes) => after([treeish], () => store.readFile(treeish, path, maxBytes)),
    listFiles: (treeish, folder, options) =>
      after([treeish], () => store.listFiles(treeish, folder, options)),
  };
}

/** One runner at a time holds a bead or settles a convoy; what stands there came from one that holds it no more. */
export async function pushShared(store: GitStore, remote: Remote, ref: string, commit: Oid): Promise<void> {
  let expected: Oid | null = null;
  for (;;) {
    const outcome = await store.push(remote, { commit, ref, expected });
    if (outcome.status !== 'rejected') return;
    if (outcome.actual === expected) throw new Error(`${ref} could not be pushed: ${outcome.reason}`);
    expected = outcome.actual;
  }
}
