import { convoyFold } from '../../domain/convoy/evolve.ts';
import {
  evolveAll,
  type Fold,
  type NewEvent,
  type RecordedEvent,
  type StreamId,
} from '../../domain/event.ts';
import { eventTypes } from '../../domain/event-types.ts';
import { refusal } from '../../domain/refusal.ts';
import { requestsFor } from '../../domain/run/requests-for.ts';
import { isSoftRequest, type RunAnswer } from '../../domain/run/run-request.ts';
import { type Draft, numberDrafts } from '../git-refs/drafts.ts';
import { createRedact, redactBytes, redactEvent } from '../git-refs/redact-event.ts';
import { hasOneWriter } from '../git-refs/stream-refs.ts';
import { writeAlone } from '../git-refs/write-alone.ts';
import type { DecideRequest, DecideResult, Ledger } from '../ports/ledger.ts';
import { RunLine, type RunLineParts } from './run-line.ts';

export interface RunLedgerOptions extends RunLineParts {
  /** The convoy whose bead is worked. */
  readonly convoy: StreamId;
  readonly clock: () => Date;
  /** UUID version 7. */
  readonly newId: () => string;
  /** Values that are taken out of every text before it is kept. */
  readonly secrets: readonly string[];
}

/**
 * The ledger of a run that works one bead for a town elsewhere. Its sessions are its own. The convoy's stream is a copy:
 * what is decided here becomes a request, and happens when the town says so. What nobody waits for is taken to have
 * happened until then.
 */
export interface RunLedger extends Ledger {
  /** Asks for the bead. Resolves once the town has said what it is: the copy holds the convoy then. Rejects with `OrderOver`. */
  claim(session: string, run: number): Promise<RunAnswer>;
  /** Rejects with `OrderOver` when there is nobody to work for any more; never resolves. */
  readonly over: Promise<never>;
  /** Resolves when all that was acknowledged is on the remote. */
  publish(): Promise<void>;
}

export function openRunLedger(options: RunLedgerOptions): RunLedger {
  const { inner, convoy, clock, newId, secrets } = options;
  const line = new RunLine(options);
  const redact = createRedact(secrets);
  const alone = writeAlone({
    inner,
    redact,
    grown: (stream, soon) => line.grown(stream, soon),
  });
  /** Asked for and not answered, although acknowledged. */
  const pending: Draft[] = [];
  const tail = (stream: StreamId): readonly RecordedEvent[] =>
    stream === convoy && pending.length > 0
      ? numberDrafts(stream, inner.head(stream), pending, eventTypes).map(({ event }) => event)
      : [];
  const load = <State>(stream: StreamId, fold: Fold<State>) => {
    const base = inner.load(stream, fold);
    const soft = tail(stream);
    return { state: evolveAll(fold, base.state, soft), version: base.version + soft.length };
  };
  const ask = { line, pending, tail, load, redact, clock, newId, inner };
  return {
    inbox: inner.inbox,
    append: (request) => {
      if (hasOneWriter(request.stream)) return alone.append(request);
      throw new TypeError(`A run asks for what happens to ${request.stream}: it appends nothing there.`);
    },
    decide: (request) => {
      if (hasOneWriter(request.stream)) return alone.decide(request);
      return request.stream === convoy ? askFor(ask, request) : Promise.resolve(left(request, load));
    },
    load,
    read: (stream, after = 0) => [
      ...inner.read(stream, after),
      ...tail(stream).filter(({ version }) => version > after),
    ],
    readAll: inner.readAll,
    streams: inner.streams,
    subscribe: inner.subscribe,
    putContent: (bytes) => inner.putContent(redactBytes(bytes, redact)),
    getContent: inner.getContent,
    claim: (session, run) => line.ask({ kind: 'claim', session, run }),
    over: line.over,
    publish: () => line.flush(),
    async close() {
      try {
        await line.flush();
      } finally {
        await line.close();
        await inner.close();
      }
    },
  };
}

interface Asking {
  readonly line: RunLine;
  readonly inner: Pick<Ledger, 'read'>;
  readonly pending: Draft[];
  readonly tail: (stream: StreamId) => readonly RecordedEvent[];
  readonly load: Ledger['load'];
  readonly redact: (text: string) => string;
  readonly clock: () => Date;
  readonly newId: () => string;
}

/** Decides on the copy, and asks the town to decide the same. A refusal on the copy is final: the town knows more, not less. */
async function askFor<State, Refused>(
  parts: Asking,
  request: DecideRequest<State, Refused>,
): Promise<DecideResult<State, Refused>> {
  const { stream, fold } = request;
  const { state, version } = parts.load(stream, fold);
  const decision = request.decide(state, version);
  if (!decision.accepted) return { status: 'refused', refusal: decision.refusal, state };
  if (decision.events.length === 0) return { status: 'appended', events: [], state };
  const events = decision.events.map((event) => redactEvent(event, parts.redact));
  const requests = requestsFor(events, parts.load(stream, convoyFold).state);
  if (requests === null)
    throw new TypeError(`A run has no say in ${events.map(({ type }) => type).join(', ')}.`);
  if (requests.every(isSoftRequest)) return takeAsDone(parts, request, events, requests);
  const ids: string[] = [];
  for (const one of requests) {
    const answer = await parts.line.ask(one);
    if (answer.status === 'accepted') ids.push(...answer.events);
    else return refusedBy(answer, parts.load(stream, fold).state);
  }
  const appended = parts.inner.read(stream).filter(({ id }) => ids.includes(id));
  return { status: 'appended', events: appended, state: parts.load(stream, fold).state };
}

function takeAsDone<State, Refused>(
  { line, pending, tail, load, clock, newId }: Asking,
  { stream, fold, actor, cause }: DecideRequest<State, Refused>,
  events: readonly NewEvent[],
  requests: Exclude<ReturnType<typeof requestsFor>, null>,
): DecideResult<State, Refused> {
  const draft: Draft = {
    events,
    ids: events.map(newId),
    provenance: { actor, cause },
    at: clock().getTime(),
  };
  pending.push(draft);
  const drop = (): void => {
    const index = pending.indexOf(draft);
    if (index >= 0) pending.splice(index, 1);
  };
  // Where the order is over, whoever works hears of that by itself.
  Promise.all(requests.map((one) => line.ask(one))).then(drop, drop);
  const own = tail(stream).filter(({ id }) => draft.ids.includes(id));
  return { status: 'appended', events: own, state: load(stream, fold).state };
}

/** All decisions about a convoy refuse with a rule's name and a sentence, which is what the town answers with. */
function refusedBy<State, Refused>(
  { rule, text }: Extract<RunAnswer, { status: 'refused' }>,
  state: State,
): DecideResult<State, Refused> {
  return { status: 'refused', refusal: refusal(rule, text) as Refused, state };
}

/** A rig's stream is the town's affair: a run can do nothing there, and says so where it would. */
function left<State, Refused>(
  { stream, fold, decide }: DecideRequest<State, Refused>,
  load: Ledger['load'],
): DecideResult<State, Refused> {
  const { state, version } = load(stream, fold);
  const decision = decide(state, version);
  if (!decision.accepted) return { status: 'refused', refusal: decision.refusal, state };
  if (decision.events.length === 0) return { status: 'appended', events: [], state };
  const answer = {
    number: 1,
    status: 'refused',
    rule: 'not-a-run-s',
    text: `A run can't change ${stream}.`,
  } as const;
  return refusedBy(answer, state);
}
