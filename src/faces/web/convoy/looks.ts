import type { Bead } from '../../../domain/bead/bead.ts';
import { undeliveredNeeds } from '../../../domain/bead/derive.ts';
import { standingOf } from '../../../domain/bead/transitions.ts';
import type { Convoy } from '../../../domain/convoy/state.ts';

/** How something stands, by the class that colours it and in a few words. */
export interface Look {
  readonly tone: 'idle' | 'working' | 'waiting' | 'good' | 'bad';
  readonly words: string;
}

export function beadLook(beads: ReadonlyMap<number, Bead>, bead: Bead): Look {
  if (bead.quarantined) return { tone: 'bad', words: 'in quarantine' };
  if (bead.outcome?.kind === 'no-changes') return { tone: 'good', words: 'closed without a change' };
  switch (standingOf(bead)) {
    case 'landed':
      return { tone: 'good', words: 'landed' };
    case 'closed':
      return bead.held
        ? { tone: 'bad', words: 'held for approval' }
        : { tone: 'waiting', words: 'waits to land' };
    case 'blocked':
      return { tone: 'bad', words: 'blocked' };
    case 'in_progress':
      return { tone: 'working', words: bead.attempts > 1 ? `attempt ${bead.attempts}` : 'being worked' };
    case 'open':
      return openLook(beads, bead);
  }
}

function openLook(beads: ReadonlyMap<number, Bead>, bead: Bead): Look {
  if (!bead.slung) return { tone: 'idle', words: 'not ordered' };
  const missing = undeliveredNeeds(beads, bead);
  return { tone: 'idle', words: missing.length > 0 ? `waits for ${missing.join(', ')}` : 'next in line' };
}

export function convoyLook({ ended, paused, pullRequest }: Convoy): Look {
  if (ended) return { tone: ended.how === 'landed' ? 'good' : 'bad', words: ended.how };
  if (paused) return { tone: 'waiting', words: 'paused' };
  return pullRequest ? { tone: 'good', words: 'in review' } : { tone: 'working', words: 'at work' };
}
