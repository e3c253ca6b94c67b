import { accept, type Decision, refuse } from '../../event.ts';
import { type Refusal, refusal } from '../../refusal.ts';
import type { ConvoyState } from '../state.ts';
import { beadThatMay, openConvoy } from './rules.ts';

/** Keeps a bead from landing until a person has approved its change to protected paths; said once for the same change. */
export function holdBead(
  state: ConvoyState,
  held: {
    readonly bead: number;
    readonly hash: string;
    readonly paths: readonly string[];
    readonly diff?: string;
  },
): Decision<Refusal> {
  const may = beadThatMay(state, held.bead, 'BeadHeld');
  if (!may.ok) return refuse(may.refusal);
  const { bead } = may.value;
  if (bead.held?.hash === held.hash) return accept();
  return accept({ type: 'BeadHeld', data: { ...held, paths: [...held.paths], attempt: bead.attempts } });
}

/** A person's word that exactly this change, to protected paths or to the checks that judge it, may go on. */
export function approveChange(
  state: ConvoyState,
  approval: { readonly hash: string; readonly by: string },
): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  const { approved, beads, lessonsWritten, ownChecks } = open.value;
  if (approved.has(approval.hash)) return accept();
  const known =
    ownChecks?.hash === approval.hash ||
    lessonsWritten.some(({ hash }) => hash === approval.hash) ||
    [...beads.values()].some((bead) => bead.held?.hash === approval.hash);
  if (!known) {
    return refuse(
      refusal('nothing-to-approve', `No change with the hash ${approval.hash} waits for approval.`),
    );
  }
  return accept({ type: 'ChangeApproved', data: approval });
}
