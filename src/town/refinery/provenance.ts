import type { Bead } from '../../domain/bead/bead.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import type { StreamId } from '../../domain/event.ts';
import type { Provenance } from '../../domain/merge-queue/merge-message.ts';
import type { Ledger } from '../../ledger/ports/ledger.ts';

/** Who made a bead's change, with which model and at what cost, from the session that closed it. */
export function provenanceOf(ledger: Ledger, convoy: Convoy, bead: Bead): Provenance {
  const session = bead.closedBy;
  const spent = session === null ? undefined : convoy.spentBySession.get(session);
  return {
    session,
    model: session === null ? null : modelOf(ledger, session),
    inputTokens: spent?.inputTokens ?? null,
    outputTokens: spent?.outputTokens ?? null,
  };
}

function modelOf(ledger: Ledger, session: string): string | null {
  const events = ledger.read(`session/${session}`);
  const reply = events.findLast((event) => event.type === 'ModelReplied');
  if (reply?.type === 'ModelReplied') return reply.data.model;
  const started = events.find((event) => event.type === 'SessionStarted');
  return started?.type === 'SessionStarted' ? started.data.model : null;
}

/** When each bead was closed last: the date of its merge, so that merging it again makes the same commit. */
export function closingTimes(ledger: Ledger, stream: StreamId): ReadonlyMap<number, Date> {
  const times = new Map<number, Date>();
  for (const event of ledger.read(stream)) {
    if (event.type === 'BeadClosed') times.set(event.data.bead, new Date(event.at));
  }
  return times;
}
