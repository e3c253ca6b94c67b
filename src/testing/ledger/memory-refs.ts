import { createHash } from 'node:crypto';
import type { RefCommit, RefStore } from '../../ledger/ports/ref-store.ts';

interface Commit extends RefCommit {
  readonly parents: readonly string[];
}

/** Refs that several stores share in this process, for tests of what is said by them rather than of how it gets there. */
export interface MemoryRefs {
  readonly refs: ReadonlyMap<string, string>;
  readonly store: RefStore;
}

export function memoryRefs(): MemoryRefs {
  const refs = new Map<string, string>();
  const commits = new Map<string, Commit>();
  const grewFrom = (head: string, after: string | null): Commit[] => {
    const chain: Commit[] = [];
    for (let at: string | undefined = head; at !== undefined && at !== after; ) {
      const commit = commits.get(at);
      if (commit === undefined) throw new Error(`There is no commit ${at}.`);
      chain.unshift(commit);
      at = commit.parents[0];
    }
    return chain;
  };
  const store: RefStore = {
    list: async (prefix) => new Map([...refs].filter(([ref]) => ref.startsWith(prefix))),
    fetch: async (names) => new Map(names.map((ref) => [ref, refs.get(ref) ?? null])),
    chain: async (head, after) => grewFrom(head, after),
    commit: async ({ parents, files, message }) => {
      const hash = createHash('sha1').update(JSON.stringify([parents, message]));
      for (const [name, bytes] of files) hash.update(name).update(bytes);
      const oid = hash.digest('hex');
      commits.set(oid, { oid, parents, files });
      return oid;
    },
    push: async (moves) => {
      const stale = moves.filter(({ ref, from }) => (refs.get(ref) ?? null) !== from);
      if (stale.length > 0) return { status: 'rejected', reason: stale.map(({ ref }) => ref).join() };
      for (const { ref, to } of moves) {
        if (to === null) refs.delete(ref);
        else refs.set(ref, to);
      }
      return { status: 'pushed' };
    },
    isAncestor: async (ancestor, descendant) =>
      grewFrom(descendant, null).some(({ oid }) => oid === ancestor),
  };
  return { refs, store };
}
