import { returnBead } from '../../domain/convoy/decisions/return-bead.ts';
import type { Verification } from '../../domain/convoy/events.ts';
import { learned, nextPrefix, redBatch } from '../../domain/merge-queue/red-search.ts';
import type { Batch, MergedBead } from './assemble-batch.ts';
import { candidateRef, pointRef } from './convoy-refs.ts';
import { land } from './land.ts';
import { redReason } from './red-reason.ts';
import type { RefineryDesk } from './refinery-desk.ts';
import { repairRed } from './repair-red.ts';
import { verify } from './verify.ts';

/**
 * Verifies a batch as one and lands it. A red batch is searched for the bead that breaks it: what is green before that bead
 * lands, the bead goes back with the output, and what came after it stays in the queue.
 */
export async function landBatch(desk: RefineryDesk, batch: Batch, signal: AbortSignal): Promise<void> {
  const { merged } = batch;
  await pointRef(desk.store, candidateRef(desk.convoy()), tipOf(merged));
  const whole = await verify(desk, tipOf(merged), numbersOf(merged), signal);
  if (whole.passed) {
    await land(desk, { onto: batch.onto, merged, verification: whole.verification });
    return;
  }
  const found = await searchRed(desk, batch, whole.verification, signal);
  if (found === null) return;
  const headToo = found.landed === 0 && (await isHeadRed(desk, signal));
  const guilty = headToo ? merged : merged.slice(found.landed, found.landed + 1);
  if (!headToo && (await repairLast(desk, batch, found, signal))) return;
  for (const { bead } of guilty) {
    const returned = { bead, reason: redReason(found.red, headToo), output: found.red.outputTail };
    await desk.decide(`verify:${found.red.commit}`, (state) => returnBead(state, returned));
  }
}

/**
 * Before a bead goes into quarantine for being red, the Refinery's agent may mend how it fits. A polecat that is sent back
 * has the whole merge before it, so earlier attempts are left to it. True when the bead has landed so.
 */
async function repairLast(
  desk: RefineryDesk,
  { onto, merged }: Batch,
  { landed, red }: { readonly landed: number; readonly red: Verification },
  signal: AbortSignal,
): Promise<boolean> {
  const guilty = merged[landed];
  const bead = guilty && desk.convoy().beads.get(guilty.bead);
  if (!bead || bead.failures.length + 1 < desk.convoy().opened.settings.attempts) return false;
  const head = landed === 0 ? onto : tipOf(merged.slice(0, landed));
  const verification = await repairRed(
    desk,
    {
      bead: bead.number,
      what: `bead ${bead.number}`,
      intent: [bead.title, bead.description, bead.acceptance].join('\n\n').trim(),
      onto: head,
      commit: guilty.commit,
      verification: red,
    },
    signal,
  );
  return verification !== null && land(desk, { onto: head, merged: [guilty], verification });
}

const tipOf = (merged: readonly MergedBead[]): string => merged.at(-1)?.commit ?? '';
const numbersOf = (merged: readonly MergedBead[]): number[] => merged.map(({ bead }) => bead);

/** Lands every green prefix on the way; null when the state has moved on and the queue must be looked at anew. */
async function searchRed(
  desk: RefineryDesk,
  { onto, merged }: Batch,
  whole: Verification,
  signal: AbortSignal,
): Promise<{ landed: number; red: Verification } | null> {
  let search = redBatch(merged.length);
  let red = whole;
  let head = onto;
  for (let length = nextPrefix(search); length !== null; length = nextPrefix(search)) {
    const fresh = merged.slice(search.green, length);
    const verdict = await verify(desk, tipOf(fresh), numbersOf(fresh), signal);
    if (verdict.passed) {
      if (!(await land(desk, { onto: head, merged: fresh, verification: verdict.verification }))) return null;
      head = tipOf(fresh);
    } else {
      red = verdict.verification;
    }
    search = learned(search, length, verdict.passed);
  }
  return { landed: search.green, red };
}

/** Asked only before anything of the convoy was ever verified: a rig may have been red before it began. */
async function isHeadRed(desk: RefineryDesk, signal: AbortSignal): Promise<boolean> {
  const { head, verified } = desk.convoy();
  return verified === null && !(await verify(desk, head, [], signal)).passed;
}
