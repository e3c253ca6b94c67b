import type { RecordedEvent } from '../../../../domain/event.ts';
import { splitByRests } from './split-by-rests.ts';
import type { BeadLine, Rest, Span, Timeline } from './timeline.ts';

/**
 * Reads who worked when from a convoy's events, in order, and from when its Mayor's session rested. `now` ends what goes on;
 * null for a moment of the past.
 */
export function readTimeline(
  events: readonly RecordedEvent[],
  now: number | null,
  restsOf: (session: string) => readonly Rest[],
): Timeline {
  const reading = new TimelineReading();
  for (const event of events) reading.take(event);
  return reading.timeline(now, restsOf);
}

interface OpenLine {
  readonly bead: number;
  readonly createdAt: number;
  readonly spans: Span[];
  deliveredAt: number | null;
}

class TimelineReading {
  readonly #mayor: Span[] = [];
  /** One for each of its spans. */
  readonly #mayorSessions: string[] = [];
  readonly #refinery: Span[] = [];
  readonly #beads = new Map<number, OpenLine>();
  #first: number | null = null;
  #last = 0;

  take(event: RecordedEvent): void {
    const at = Date.parse(event.at);
    this.#first ??= at;
    this.#last = at;
    this.#takeOrder(event, at);
    this.#takeAttempt(event, at);
    this.#takeIntegration(event, at);
  }

  timeline(now: number | null, restsOf: (session: string) => readonly Rest[]): Timeline {
    const beads = new Map<number, BeadLine>(this.#beads);
    const spans = [
      this.#mayor,
      this.#refinery,
      ...[...this.#beads.values()].map((line) => line.spans),
    ].flat();
    const goesOn = spans.some((span) => span.to === null);
    const to = goesOn && now !== null ? Math.max(now, this.#last) : this.#last;
    const mayor = this.#mayorAtWork(restsOf, now === null ? this.#last : Number.POSITIVE_INFINITY);
    return { from: this.#first ?? to, to, mayor, refinery: this.#refinery, beads };
  }

  /** `until` is what is known of: a rest that ended later goes on. */
  #mayorAtWork(restsOf: (session: string) => readonly Rest[], until: number): readonly Span[] {
    return this.#mayor.flatMap((span, index) => {
      const rests = restsOf(this.#mayorSessions[index] ?? '').flatMap(({ from, to }) =>
        from > until ? [] : [{ from, to: to === null || to > until ? null : to }],
      );
      return splitByRests(span, rests, 'the Mayor waits for its beads');
    });
  }

  #takeOrder(event: RecordedEvent, at: number): void {
    switch (event.type) {
      case 'MayorStarted':
        this.#mayor.push(begun('agent', at, 'the Mayor at work'));
        this.#mayorSessions.push(event.data.session);
        break;
      case 'MayorReported':
        end(this.#mayor, at);
        break;
      case 'BeadCreated': {
        const { bead } = event.data;
        this.#beads.set(bead, { bead, createdAt: at, spans: [], deliveredAt: null });
        break;
      }
      case 'ConvoyCancelled':
      case 'ConvoyFailed':
      case 'ConvoyLanded':
        for (const spans of [this.#mayor, this.#refinery]) end(spans, at);
        for (const { spans } of this.#beads.values()) end(spans, at);
        break;
    }
  }

  #takeAttempt(event: RecordedEvent, at: number): void {
    if (!('bead' in event.data) || typeof event.data.bead !== 'number') return;
    const line = this.#beads.get(event.data.bead);
    if (line === undefined) return;
    switch (event.type) {
      case 'LeaseGranted':
        line.spans.push(begun('work', at, `attempt ${event.data.attempt}`));
        break;
      case 'BeadClosed':
        end(line.spans, at);
        if (event.data.outcome.kind === 'no-changes') line.deliveredAt = at;
        else line.spans.push(begun('waiting', at, 'waits to land'));
        break;
      case 'BeadLanded':
        end(line.spans, at);
        line.deliveredAt = at;
        break;
      case 'BeadReleased':
      case 'LeaseExpired':
      case 'BeadBlocked':
      case 'BeadQuarantined':
        end(line.spans, at, 'failed');
        break;
      case 'BeadReturned':
        end(line.spans, at);
        markLast(line.spans, 'work', 'failed');
        break;
    }
  }

  #takeIntegration(event: RecordedEvent, at: number): void {
    switch (event.type) {
      case 'VerificationStarted':
        this.#refinery.push(begun('check', at, `verifies ${event.data.command ?? 'nothing'}`));
        break;
      case 'IntegrationVerified':
        end(this.#refinery, at);
        break;
      case 'VerificationFailed':
        end(this.#refinery, at, 'red');
        break;
      case 'RefineryStarted':
        this.#refinery.push(begun('agent', at, `the Refinery: ${event.data.why}`));
        break;
      case 'RefineryReported':
        end(this.#refinery, at);
        break;
    }
  }
}

const begun = (kind: Span['kind'], from: number, words: string): Span => ({ kind, from, to: null, words });

/** Ends the last span if it goes on; `as` says what it turned out to be. */
function end(spans: Span[], at: number, as?: Span['kind']): void {
  const last = spans.at(-1);
  if (last === undefined || last.to !== null) return;
  spans[spans.length - 1] = { ...last, to: at, kind: as ?? last.kind };
}

function markLast(spans: Span[], kind: Span['kind'], as: Span['kind']): void {
  const index = spans.findLastIndex((span) => span.kind === kind);
  const span = spans[index];
  if (span !== undefined) spans[index] = { ...span, kind: as };
}
