import { accept, type Decision, refuse } from '../../event.ts';
import type { Refusal } from '../../refusal.ts';
import type { ConvoyState } from '../state.ts';
import { quarantineAfter } from './quarantine-bead.ts';
import { beadThatMay, heldBy } from './rules.ts';

export interface Release {
  readonly bead: number;
  readonly session: string;
  /** One line: what ended the attempt. */
  readonly reason: string;
  /** What the next attempt should know. */
  readonly summary: string;
}

/** Gives a bead back after an attempt that came to nothing; after too many of them it goes into quarantine. */
export function releaseBead(state: ConvoyState, release: Release): Decision<Refusal> {
  const may = beadThatMay(state, release.bead, 'BeadReleased');
  if (!may.ok) return refuse(may.refusal);
  const { bead, convoy } = may.value;
  const stranger = heldBy(bead, release.session);
  if (stranger) return refuse(stranger);
  const { reason, summary } = release;
  return accept(
    { type: 'BeadReleased', data: { bead: bead.number, attempt: bead.attempts, reason, summary } },
    ...quarantineAfter(convoy, bead, reason),
  );
}
