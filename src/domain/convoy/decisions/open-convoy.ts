import { accept, type Decision, type NewEvent, refuse } from '../../event.ts';
import type { EventData } from '../../event-types.ts';
import { type Refusal, refusal } from '../../refusal.ts';
import type { ConvoyState } from '../state.ts';

/** Opens a convoy for a labelled issue; an issue labelled `polecat` is its own single bead, ordered at once. */
export function openConvoy(state: ConvoyState, order: EventData['ConvoyOpened']): Decision<Refusal> {
  if (state !== null) {
    return refuse(refusal('convoy-exists', `Issue #${order.issue} is a convoy already.`));
  }
  const opened: NewEvent = { type: 'ConvoyOpened', data: order };
  if (order.kind !== 'polecat') return accept(opened);
  // A title of nothing but hidden characters is empty by now.
  const title = order.title.trim() || `Issue #${order.issue}`;
  return accept(
    opened,
    {
      type: 'BeadCreated',
      data: { bead: 1, title, description: order.body, acceptance: '', needs: [] },
    },
    { type: 'BeadSlung', data: { bead: 1, topic: title.slice(0, 40) } },
  );
}
