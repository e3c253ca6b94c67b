import { randomUUID } from 'node:crypto';
import { reportRefinery } from '../../../domain/convoy/decisions/report-refinery.ts';
import type { Verification } from '../../../domain/convoy/events.ts';
import type { Oid } from '../../ports/git-store.ts';
import { candidateRef, pointRef, takenInRef } from '../convoy-refs.ts';
import { land } from '../land.ts';
import type { RefineryDesk } from '../refinery-desk.ts';
import { repairRed } from '../repair-red.ts';
import { movedSubmodule } from '../resolve-conflict.ts';
import { type MergeConflict, resolveMerge } from '../resolve-merge.ts';
import { townSignature } from '../signature.ts';
import { verify } from '../verify.ts';
import { takeInBriefing } from './take-in-briefing.ts';

/** Something that others committed and that the convoy's branch must have in it. */
export interface Incoming {
  /** As people know it: `main`, `the push to gas-town/convoy-7`. */
  readonly name: string;
  readonly commit: Oid;
  /** When the town learned of it: the date of the merge, so that making it again gives the same commit. */
  readonly at: Date;
}

export type TakenIn = 'up-to-date' | 'taken' | 'conflict' | 'red';

/**
 * Brings a commit of others into the convoy's branch: forward where nothing of ours is new, by a merge otherwise. The
 * result is verified before it becomes the head; where it conflicts or is red, the Refinery's agent has a try.
 */
export async function takeIn(desk: RefineryDesk, incoming: Incoming, signal: AbortSignal): Promise<TakenIn> {
  const onto = desk.convoy().head;
  if (await desk.store.isAncestor(incoming.commit, onto)) return 'up-to-date';
  const candidate = (await desk.store.isAncestor(onto, incoming.commit))
    ? incoming.commit
    : await mergeIn(desk, incoming, onto, signal);
  if (candidate === null) return 'conflict';
  await pointRef(desk.store, candidateRef(desk.convoy()), candidate);
  const { passed, verification } = await verify(desk, candidate, [], signal);
  const green = passed ? verification : await mend(desk, incoming, { onto, candidate, verification }, signal);
  if (green === null) return 'red';
  return (await land(desk, { onto, merged: [], verification: green })) ? 'taken' : 'red';
}

async function mend(
  desk: RefineryDesk,
  { name }: Incoming,
  red: { readonly onto: Oid; readonly candidate: Oid; readonly verification: Verification },
  signal: AbortSignal,
): Promise<Verification | null> {
  const { onto, candidate: commit, verification } = red;
  return repairRed(desk, { bead: null, what: name, intent: '', onto, commit, verification }, signal);
}

async function mergeIn(
  desk: RefineryDesk,
  incoming: Incoming,
  onto: Oid,
  signal: AbortSignal,
): Promise<Oid | null> {
  const { name, commit: theirs, at } = incoming;
  const merged = await desk.store.merge(onto, theirs);
  const commit = (tree: Oid, session: string | null): Promise<Oid> =>
    desk.store.commitTree({
      tree,
      parents: [onto, theirs],
      message: `Merge ${name}\n${session === null ? '' : `\nConflict-Resolved-By: ${session}\n`}`,
      author: townSignature(at),
    });
  if (merged.status === 'clean') return commit(merged.tree, null);
  if (movedSubmodule(merged) !== null || gaveUpBefore(desk, incoming)) return null;
  return resolve(desk, incoming, onto, merged, commit, signal);
}

async function resolve(
  desk: RefineryDesk,
  { name, commit: theirs }: Incoming,
  onto: Oid,
  conflict: MergeConflict,
  commit: (tree: Oid, session: string) => Promise<Oid>,
  signal: AbortSignal,
): Promise<Oid | null> {
  const base = (await desk.store.mergeBase(onto, theirs)) ?? desk.convoy().opened.base.commit;
  const merge = {
    bead: null,
    theirsName: name,
    onto,
    theirs,
    base,
    conflict,
    ref: takenInRef(desk.convoy()),
    sessionsAtMost: 3,
    briefing: () => takeInBriefing(desk, { name, onto, theirs, base, conflict }, randomUUID().slice(0, 8)),
    commit,
    giveUp: async (session: string, report: string) => {
      await desk.decide(`session/${session}`, (state) =>
        reportRefinery(state, { session, verdict: 'ESCALATION', report }),
      );
    },
  };
  return resolveMerge(desk, merge, signal);
}

/** The same merge is not given to an agent twice once one has given it up, unless a person asks for it. */
function gaveUpBefore(desk: RefineryDesk, { at }: Incoming): boolean {
  const events = desk.town.ledger.read(desk.stream);
  const asked = desk.convoy().refineAsked.at(-1)?.at;
  const since = new Date(Math.max(at.getTime(), asked === undefined ? 0 : Date.parse(asked)));
  const mergeSessions = new Set(
    desk
      .convoy()
      .refinery.flatMap((one) => (one.why === 'conflict' && one.bead === null ? [one.session] : [])),
  );
  return events.some(
    (event) =>
      event.type === 'RefineryReported' &&
      event.data.verdict === 'ESCALATION' &&
      mergeSessions.has(event.data.session) &&
      new Date(event.at) >= since,
  );
}
