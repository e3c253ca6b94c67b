import { evolveAll, type RecordedEvent } from '../../domain/event.ts';
import type { WorkingLedger } from '../assemble-ledger.ts';
import { type EventTypes, encodeData } from '../log/encode-data.ts';
import type { DecideRequest, DecideResult } from '../ports/ledger.ts';
import type { Draft } from './drafts.ts';
import type { Publisher } from './publisher.ts';
import { redactEvent } from './redact-event.ts';
import { isSoft } from './soft-events.ts';

export interface SharedParts {
  readonly inner: WorkingLedger;
  readonly publisher: Publisher;
  readonly clock: () => Date;
  readonly newId: () => string;
  readonly redact: (text: string) => string;
  readonly types: EventTypes;
}

/** What a decision comes to on one state of the stream. Throws `invalid-event`. */
type Attempt<State, Refused> =
  | { readonly over: DecideResult<State, Refused> }
  | { readonly draft: Draft; readonly before: State };

/**
 * Decides on what the working copy and the soft events say, after all that is on its way. A refusal is final; soft events
 * are acknowledged at once; anything else is decided anew when it is pushed, and again each time that another was first.
 */
export async function writeShared<State, Refused>(
  parts: SharedParts,
  request: DecideRequest<State, Refused>,
): Promise<DecideResult<State, Refused>> {
  const { publisher } = parts;
  const { stream, fold } = request;
  // A repeat of what is not on the remote yet waits for it to be there.
  if (publisher.isSoftKey(stream, request.key)) await publisher.flush();
  if (publisher.isBusy(stream)) return proposed(parts, request);
  const first = attempt(parts, request, publisher.tail(stream));
  if ('over' in first) return first.over;
  if (canWait(parts, request, first.draft)) {
    publisher.addSoft(stream, first.draft);
    const ids = new Set(first.draft.ids);
    const events = publisher.tail(stream).filter(({ id }) => ids.has(id));
    return { status: 'appended', events, state: evolveAll(fold, first.before, events) };
  }
  return proposed(parts, request);
}

/** A stream that the remote does not have begins with a push of its own: another may begin it too. */
function canWait<State, Refused>(
  { inner }: SharedParts,
  { stream, soon }: DecideRequest<State, Refused>,
  { events }: Draft,
): boolean {
  return inner.head(stream).version > 0 && (soon === true || events.every(isSoft));
}

/** Decides when it is pushed, after all that was proposed before. */
function proposed<State, Refused>(
  parts: SharedParts,
  request: DecideRequest<State, Refused>,
): Promise<DecideResult<State, Refused>> {
  const { stream, fold, key } = request;
  return new Promise((resolve, reject) => {
    let before: State;
    parts.publisher.propose({
      stream,
      key,
      plan(tail) {
        const next = attempt(parts, request, tail);
        if ('over' in next) {
          resolve(next.over);
          return null;
        }
        before = next.before;
        return next.draft;
      },
      canWait: (draft) => canWait(parts, request, draft),
      landed: (events) => resolve({ status: 'appended', events, state: evolveAll(fold, before, events) }),
      failed: reject,
    });
  });
}

function attempt<State, Refused>(
  { inner, clock, newId, redact, types }: SharedParts,
  request: DecideRequest<State, Refused>,
  tail: readonly RecordedEvent[],
): Attempt<State, Refused> {
  const { stream, fold, key, actor, cause } = request;
  const base = inner.load(stream, fold);
  const before = evolveAll(fold, base.state, tail);
  const repeated = key === undefined ? null : inner.repeatOf(stream, key);
  if (repeated !== null) return { over: { status: 'repeated', events: repeated, state: before } };
  const decision = request.decide(before, base.version + tail.length);
  if (!decision.accepted) return { over: { status: 'refused', refusal: decision.refusal, state: before } };
  if (decision.events.length === 0) return { over: { status: 'appended', events: [], state: before } };
  const events = decision.events.map((event) => redactEvent(event, redact));
  for (const event of events) encodeData(types, event);
  const provenance = key === undefined ? { actor, cause } : { actor, cause, key };
  return { draft: { events, ids: events.map(newId), provenance, at: clock().getTime() }, before };
}
