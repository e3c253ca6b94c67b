import type { Bead } from '../../../../domain/bead/bead.ts';
import { undeliveredNeeds } from '../../../../domain/bead/derive.ts';
import { type Standing, standingOf } from '../../../../domain/bead/transitions.ts';

export interface BeadRow {
  readonly icon: string;
  readonly color: string;
  readonly standing: string;
}

const looks: Readonly<
  Record<Standing, { readonly icon: string; readonly color: string; readonly standing: string }>
> = {
  open: { icon: '○', color: 'gray', standing: 'open' },
  in_progress: { icon: '◑', color: 'yellow', standing: 'being worked' },
  blocked: { icon: '✗', color: 'red', standing: 'blocked' },
  closed: { icon: '◕', color: 'cyan', standing: 'waits to land' },
  landed: { icon: '●', color: 'green', standing: 'landed' },
};

/** How a bead looks on a terminal, and where it stands in a few words. */
export function beadRow(beads: ReadonlyMap<number, Bead>, bead: Bead): BeadRow {
  if (bead.outcome?.kind === 'no-changes') return { ...looks.landed, standing: 'closed without a change' };
  const look = looks[standingOf(bead)];
  if (bead.quarantined) return { ...look, standing: 'in quarantine' };
  if (bead.status !== 'open') {
    const again = bead.status === 'in_progress' && bead.attempts > 1 ? `, attempt ${bead.attempts}` : '';
    return { ...look, standing: look.standing + again };
  }
  if (!bead.slung) return { ...look, standing: 'not ordered' };
  const missing = undeliveredNeeds(beads, bead);
  return { ...look, standing: missing.length > 0 ? `waits for ${missing.join(', ')}` : 'next in line' };
}
