import type { Bead } from '../../domain/bead/bead.ts';
import { meetConflict } from '../../domain/convoy/decisions/meet-conflict.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import { mergeMessage } from '../../domain/merge-queue/merge-message.ts';
import type { MergeResult } from '../ports/git-store.ts';
import { guardLanding, protectedEntries } from './guard-landing.ts';
import { closingTimes, provenanceOf } from './provenance.ts';
import type { RefineryDesk } from './refinery-desk.ts';
import { townSignature } from './signature.ts';
import { mergeableCommit } from './withhold-workflows.ts';

export interface MergedBead {
  readonly bead: number;
  /** The merge commit; its first parent is the head before it. */
  readonly commit: string;
}

export interface ConflictedBead {
  readonly bead: Bead;
  readonly theirs: string;
  readonly conflict: Extract<MergeResult, { status: 'conflict' }>;
}

export interface Batch {
  readonly onto: string;
  readonly merged: readonly MergedBead[];
  /** Beads that can't be merged onto the head itself, in the queue's order. */
  readonly conflicted: readonly ConflictedBead[];
}

/**
 * Merges the queue onto the head, one commit per bead. What doesn't merge is left out, and recorded if the head is why; so is
 * what touches protected paths. Beads of one batch know nothing of each other, so none can hide what another changes: the
 * whole is looked at once, and only where something is found is each bead.
 */
export async function assembleBatch(desk: RefineryDesk, queue: readonly Bead[]): Promise<Batch> {
  const batch = await mergeQueue(desk, queue, unguarded);
  const tip = batch.merged.at(-1)?.commit;
  if (tip === undefined || (await protectedEntries(desk, batch.onto, tip)).length === 0) return batch;
  return mergeQueue(desk, queue, {
    commitOf: (bead, at) => mergeableCommit(desk, bead, at),
    isFree: async (bead, merge) => (await guardLanding(desk, bead, merge)) === 'free',
  });
}

interface Guard {
  /** What is merged of a bead; null: nothing. */
  readonly commitOf: (bead: Bead, at: Date | undefined) => Promise<string | null>;
  readonly isFree: (
    bead: Bead,
    merge: { readonly onto: string; readonly result: string },
  ) => Promise<boolean>;
}

const unguarded: Guard = {
  commitOf: async ({ outcome }) => (outcome?.kind === 'change' ? outcome.commit : null),
  isFree: async () => true,
};

async function mergeQueue(desk: RefineryDesk, queue: readonly Bead[], guard: Guard): Promise<Batch> {
  const convoy = desk.convoy();
  const onto = convoy.head;
  const merged: MergedBead[] = [];
  const conflicted: ConflictedBead[] = [];
  const closed = closingTimes(desk.town.ledger, desk.stream);
  let current = onto;
  for (const bead of queue) {
    const at = closed.get(bead.number);
    const { theirs, result } = await mergeBead(desk, current, bead, guard, at);
    if (theirs === null) continue;
    if (result.status === 'clean') {
      if (!(await guard.isFree(bead, { onto: current, result: result.tree }))) continue;
      current = await commitMerge(desk, convoy, bead, { tree: result.tree, onto: current, theirs, at });
      merged.push({ bead: bead.number, commit: current });
    } else if (current === onto) {
      conflicted.push({ bead, theirs, conflict: result });
      const paths = result.paths.map(({ path }) => path);
      await desk.decide(`merge:${theirs}`, (state) =>
        meetConflict(state, { bead: bead.number, onto, commit: theirs, paths }),
      );
    }
  }
  return { onto, merged, conflicted };
}

type BeadMerge =
  | { readonly theirs: string; readonly result: MergeResult }
  | { readonly theirs: null; readonly result: null };

/** Merges one bead. Where that conflicts, what would never be pushed is left out first: it may be all that conflicts. */
async function mergeBead(
  desk: RefineryDesk,
  onto: string,
  bead: Bead,
  guard: Guard,
  at: Date | undefined,
): Promise<BeadMerge> {
  const theirs = await guard.commitOf(bead, at);
  if (theirs === null) return { theirs, result: null };
  const result = await desk.store.merge(onto, theirs);
  if (result.status === 'clean') return { theirs, result };
  const without = await mergeableCommit(desk, bead, at);
  if (without === null || without === theirs) return { theirs, result };
  return { theirs: without, result: await desk.store.merge(onto, without) };
}

/** The one merge commit of a bead. The same merge made again, after a restart, has the same id. */
export async function commitMerge(
  desk: RefineryDesk,
  convoy: Convoy,
  bead: Bead,
  merge: {
    readonly tree: string;
    readonly onto: string;
    readonly theirs: string;
    readonly at: Date | undefined;
    readonly resolvedBy?: string;
  },
): Promise<string> {
  return desk.store.commitTree({
    tree: merge.tree,
    parents: [merge.onto, merge.theirs],
    message: mergeMessage(
      { issue: convoy.opened.issue, number: bead.number, title: bead.title },
      provenanceOf(desk.town.ledger, convoy, bead),
      merge.resolvedBy ?? null,
    ),
    author: townSignature(merge.at ?? new Date(convoy.openedAt)),
  });
}
