import type { Bead } from '../../domain/bead/bead.ts';
import { meetConflict } from '../../domain/convoy/decisions/meet-conflict.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import { mergeMessage } from '../../domain/merge-queue/merge-message.ts';
import type { MergeResult } from '../ports/git-store.ts';
import { guardLanding, protectedEntries } from './guard-landing.ts';
import { closingTimes, provenanceOf } from './provenance.ts';
import type { RefineryDesk } from './refinery-desk.ts';
import { townSignature } from './signature.ts';

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
  const batch = await mergeQueue(desk, queue, async () => 'free');
  const tip = batch.merged.at(-1)?.commit;
  if (tip === undefined || (await protectedEntries(desk, batch.onto, tip)).length === 0) return batch;
  return mergeQueue(desk, queue, (bead, merge) => guardLanding(desk, bead, merge));
}

type Guard = (
  bead: Bead,
  merge: { readonly onto: string; readonly result: string },
) => Promise<'free' | 'stopped'>;

async function mergeQueue(desk: RefineryDesk, queue: readonly Bead[], guard: Guard): Promise<Batch> {
  const convoy = desk.convoy();
  const onto = convoy.head;
  const merged: MergedBead[] = [];
  const conflicted: ConflictedBead[] = [];
  const closed = closingTimes(desk.town.ledger, desk.stream);
  let current = onto;
  for (const bead of queue) {
    if (bead.outcome?.kind !== 'change') continue;
    const theirs = bead.outcome.commit;
    const result = await desk.store.merge(current, theirs);
    if (result.status === 'clean') {
      if ((await guard(bead, { onto: current, result: result.tree })) === 'stopped') continue;
      current = await commitMerge(desk, convoy, bead, {
        tree: result.tree,
        onto: current,
        theirs,
        at: closed.get(bead.number),
      });
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
