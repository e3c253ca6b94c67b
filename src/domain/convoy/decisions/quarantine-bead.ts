import type { Bead } from '../../bead/bead.ts';
import type { NewEvent } from '../../event.ts';
import type { Convoy } from '../state.ts';

/** The quarantine that follows a failed attempt when it was the last one allowed; empty before that. */
export function quarantineAfter(convoy: Convoy, bead: Bead, reason: string): readonly NewEvent[] {
  const allowed = convoy.opened.settings.attempts;
  if (bead.failures.length + 1 < allowed) return [];
  const why = `${allowed} attempts came to nothing; the last: ${reason}`;
  return [{ type: 'BeadQuarantined', data: { bead: bead.number, reason: why } }];
}
