import type { RecordedEvent } from '../../../domain/event.ts';
import { clockTime } from '../layout/figures.ts';
import { type Html, html } from '../layout/html.ts';
import { sessionTurns } from './session-turns.ts';

type ReadSession = (session: string) => readonly RecordedEvent[];

/** The conversations of a bead's attempts, the newest open. `events` are the convoy's; what came after `until` is left out. */
export function beadSessions(
  events: readonly RecordedEvent[],
  bead: number,
  until: number | null,
  readSession: ReadSession,
): readonly Html[] {
  const leases = events.flatMap((event) =>
    event.type === 'LeaseGranted' && event.data.bead === bead ? [{ ...event.data, at: event.at }] : [],
  );
  return leases.map(({ attempt, session, at }, index) => {
    const turns = readSession(session).filter(({ position }) => until === null || position <= until);
    const isLast = index === leases.length - 1;
    return html`<details class="panel"${isLast ? html` open` : ''}><summary>Attempt ${attempt}, from <time datetime="${at}">${clockTime(at)}</time></summary>${sessionTurns(turns)}</details>`;
  });
}
