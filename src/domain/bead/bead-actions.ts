import type { RoleName } from '../session/events.ts';

export type BeadAction = 'list' | 'create' | 'update' | 'close' | 'note';

/** What each role may do to beads. Held in code: a prompt can be forgotten or argued with. */
export const beadActions: Readonly<Record<RoleName, readonly BeadAction[]>> = {
  mayor: ['list', 'create', 'update', 'note'],
  polecat: ['list', 'create', 'close', 'note'],
  witness: ['list'],
  refinery: ['list', 'create', 'note'],
  crew: ['list', 'create', 'note'],
  analyst: [],
};
