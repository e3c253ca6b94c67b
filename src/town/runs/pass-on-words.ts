import { nudgeSession } from '../../agent/resume-session.ts';
import type { RecordedEvent, StreamId } from '../../domain/event.ts';
import { quoteUntrusted } from '../../domain/text/quote-untrusted.ts';
import type { Town } from '../town.ts';
import { nudge } from '../witness/act-on-finding.ts';

/** The bead that a run works, and the session that works it, which only this run may write to. */
export interface Held {
  readonly stream: StreamId;
  readonly bead: number;
  readonly session: string;
}

const noteLengthMax = 4000;

/** Says to the session at work what the Witness found in it, and what people note on its bead meanwhile; each once. */
export async function passOnWords(town: Town, held: Held, event: RecordedEvent): Promise<void> {
  const { stream, bead, session } = held;
  if (event.stream !== stream) return;
  if (event.type === 'WitnessFound' && event.data.action === 'nudge' && event.data.session === session) {
    await nudge(town, stream, event.data);
  }
  if (event.type === 'BeadNoted' && event.data.bead === bead && event.actor.startsWith('overseer:')) {
    const text = `A person notes on bead ${bead}:\n${quoteUntrusted(event.data.note, noteLengthMax)}`;
    const by = { actor: event.actor, cause: event.id, key: `note:${event.id}` };
    await nudgeSession(town, session, text, by);
  }
}
