import { nudgeSession } from '../../agent/resume-session.ts';
import type { RecordedEvent, RecordedEventOf, StreamId } from '../../domain/event.ts';
import { quoteUntrusted } from '../../domain/text/quote-untrusted.ts';
import type { Subscription } from '../../ledger/ports/ledger.ts';
import type { Town } from '../town.ts';

/** A bead, and the session that works it in this process, which is that session's one writer. */
export interface HeldSession {
  readonly stream: StreamId;
  readonly bead: number;
  readonly session: string;
}

const noteLengthMax = 4000;
const retryInMs = 5_000;

/**
 * Says to a session what people note on its bead, each note once: what comes while it works, what came while no process
 * worked it, and what comes while it is about to begin.
 */
export function hearNotes(town: Town, held: HeldSession): Subscription {
  const own: StreamId = `session/${held.session}`;
  const early: RecordedEventOf<'BeadNoted'>[] = [];
  return town.ledger.subscribe({
    after: town.ledger.read(own)[0]?.position ?? 'now',
    async handle(event) {
      if (isNoteFor(held, event)) {
        if (!(await passOn(town, held, event))) early.push(event);
      } else if (event.stream === own && event.type === 'SessionStarted') {
        for (const note of early.splice(0)) await passOn(town, held, note);
      }
    },
    onError(error) {
      const message = error instanceof Error ? error.message : String(error);
      const step = `notes for ${held.session}`;
      town.onProgress({ kind: 'trouble', convoy: held.stream, step, message, retryInMs });
      return retryInMs;
    },
  });
}

const isNoteFor = (
  { stream, bead }: HeldSession,
  event: RecordedEvent,
): event is RecordedEventOf<'BeadNoted'> =>
  event.type === 'BeadNoted' &&
  event.stream === stream &&
  event.data.bead === bead &&
  event.actor.startsWith('overseer:');

/** False where the session has not begun, or is over. */
function passOn(
  town: Town,
  { bead, session }: HeldSession,
  { id, actor, data }: RecordedEventOf<'BeadNoted'>,
): Promise<boolean> {
  const text = `A person notes on bead ${bead}:\n${quoteUntrusted(data.note, noteLengthMax)}`;
  return nudgeSession(town, session, text, { actor, cause: id, key: `note:${id}` });
}
