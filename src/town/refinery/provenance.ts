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

/** When a bead was closed: the date of its merge, so that merging it again makes the same commit. */
export function closedAt(ledger: Ledger, stream: StreamId, bead: Bead): Date {
  const [closing] = ledger.read(stream, (bead.closedAtVersion ?? 1) - 1);
  if (closing === undefined) throw new Error(`Bead ${bead.number} of ${stream} was never closed.`);
  return new Date(closing.at);
}
