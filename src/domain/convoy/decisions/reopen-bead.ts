import { accept, type Decision, refuse } from '../../event.ts';
import { type Refusal, refusal } from '../../refusal.ts';
import { beadCountMax, beadTitleLengthMax } from '../limits.ts';
import type { ConvoyState } from '../state.ts';
import { retryBead } from './retry-bead.ts';
import { beadThatMay, knownBead } from './rules.ts';

/** Takes a bead up again: one that was taken out is tried anew; one that has landed is mended by a new bead that needs it. */
export function reopenBead(
  state: ConvoyState,
  reopening: { readonly bead: number; readonly reason: string },
): Decision<Refusal> {
  const known = knownBead(state, reopening.bead);
  if (!known.ok) return refuse(known.refusal);
  const { bead, convoy } = known.value;
  if (bead.status === 'blocked') return retryBead(state, { bead: bead.number, guidance: reopening.reason });
  const may = beadThatMay(state, bead.number, 'BeadReopened');
  if (!may.ok) return refuse(may.refusal);
  if (convoy.beads.size >= beadCountMax) {
    return refuse(refusal('too-many-beads', `A convoy holds at most ${beadCountMax} beads.`));
  }
  const as = convoy.lastBead + 1;
  const reason = reopening.reason.trim();
  const why = reason === '' ? '' : `\n\nWhat is wrong with it:\n${reason}`;
  return accept(
    {
      type: 'BeadCreated',
      data: {
        bead: as,
        title: `Mend: ${bead.title}`.slice(0, beadTitleLengthMax),
        description: `Bead ${bead.number} has landed and is reopened.${why}\n\nWhat it was:\n${bead.description}`,
        acceptance: bead.acceptance,
        needs: [bead.number],
      },
    },
    { type: 'BeadReopened', data: { bead: bead.number, as, reason } },
    { type: 'BeadSlung', data: { bead: as, topic: `mend ${bead.number}` } },
  );
}
