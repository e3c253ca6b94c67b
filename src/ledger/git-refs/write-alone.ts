import type { RecordedEvent, StreamId } from '../../domain/event.ts';
import type { Ledger } from '../ports/ledger.ts';
import { redactEvent } from './redact-event.ts';

interface Parts {
  readonly inner: Pick<Ledger, 'append' | 'decide'>;
  readonly redact: (text: string) => string;
  /** A stream has grown in the working copy; `soon`: another may go on from there. */
  readonly grown: (stream: StreamId, soon: boolean) => void;
}

/**
 * Writes to streams of one writer: the working copy has them at once, without secrets, and the remote after a while. Where
 * a session suspends or ends the remote has it soon, since another may go on from there.
 */
export function writeAlone({ inner, redact, grown }: Parts): Pick<Ledger, 'append' | 'decide'> {
  const written = (stream: StreamId, events: readonly RecordedEvent[]): void => {
    if (events.length === 0) return;
    grown(
      stream,
      events.some(({ type }) => type === 'SessionSuspended' || type === 'SessionEnded'),
    );
  };
  return {
    async append(request) {
      const events = request.events.map((event) => redactEvent(event, redact));
      const result = await inner.append({ ...request, events });
      if (result.status === 'appended') written(request.stream, result.events);
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
      if (result.status === 'appended') written(request.stream, result.events);
      return result;
    },
  };
}
