import { toAppendKey } from '../log/append-key.ts';
import type { DecideRequest, DecideResult } from '../ports/ledger.ts';
import { addEvents } from './add-events.ts';
import { repeatOf } from './repeat-of.ts';
import type { WriteContext } from './write-context.ts';

/** Folds, decides and appends inside the running transaction: nobody can come between. */
export function decide<State, Refused>(
  context: WriteContext,
  request: DecideRequest<State, Refused>,
): DecideResult<State, Refused> {
  const { stream, fold } = request;
  const { states } = context;
  const key = toAppendKey(request.key);
  const repeated = repeatOf(context, stream, key);
  const before = states.load(stream, fold);
  if (repeated !== null) return { status: 'repeated', events: repeated, state: before.state };
  const decision = request.decide(before.state, before.version);
  if (!decision.accepted) return { status: 'refused', refusal: decision.refusal, state: before.state };
  const events = addEvents(context, stream, decision.events, request, key);
  const state = events.length === 0 ? before.state : states.advance(stream, fold, events);
  if (states.isSnapshotDue(stream, fold)) states.keepSnapshot(stream, fold);
  return { status: 'appended', events, state };
}
