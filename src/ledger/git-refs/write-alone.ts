import type { RecordedEvent, StreamId } from '../../domain/event.ts';
import type { Ledger } from '../ports/ledger.ts';
import { redactEvent } from './redact-event.ts';

interface Parts {
  readonly inner: Pick<Ledger, 'append' | 'decide'>;
  readonly redact: (text: string) => string;
  /** A stream has grown in the working copy. */
  readonly grown: (stream: StreamId) => void;
  /** Resolves when all of it is on the remote. */
  readonly flush: () => Promise<void>;
}

/**
 * Writes to streams of one writer: the working copy has them at once, without secrets, and the remote after a while. Where
 * a session suspends or ends the remote has it too, since another may go on from there.
 */
export function writeAlone({ inner, redact, grown, flush }: Parts): Pick<Ledger, 'append' | 'decide'> {
  const written = async (stream: StreamId, events: readonly RecordedEvent[]): Promise<void> => {
    if (events.length === 0) return;
    grown(stream);
    if (events.some(({ type }) => type === 'SessionSuspended' || type === 'SessionEnded')) await flush();
  };
  return {
    async append(request) {
      const events = request.events.map((event) => redactEvent(event, redact));
      const result = await inner.append({ ...request, events });
      if (result.status === 'appended') await written(request.stream, result.events);
      return result;
    },
    async decide(request) {
      const result = await inner.decide({
        ...request,
        decide(state, version) {
          const decision = request.decide(state, version);
          if (!decision.accepted) return decision;
          return { ...decision, events: decision.events.map((event) => redactEvent(event, redact)) };
        },
      });
      if (result.status === 'appended') await written(request.stream, result.events);
      return result;
    },
  };
}
