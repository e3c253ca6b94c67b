import type { RecordedEvent, StreamId } from '../../../domain/event.ts';

/** The first event of a stream; null for one that is not there. */
export type FirstEvent = (stream: StreamId) => RecordedEvent | null;

/** How many streams' correlations are kept; any other is looked up again. */
const keptMost = 10_000;

/**
 * One id for all that came of one delivery: the GUID that GitHub gave to the delivery by which a convoy was ordered. Its beads, the
 * conversations about them, the commits and the pull request all carry it.
 */
export class Correlations {
  readonly #first: FirstEvent;
  readonly #known = new Map<string, string>();

  constructor(first: FirstEvent) {
    this.#first = first;
  }

  of(event: RecordedEvent): string {
    return this.#ofStream(event.stream) ?? event.cause;
  }

  #ofStream(stream: StreamId): string | null {
    const known = this.#known.get(stream);
    if (known !== undefined) return known;
    const first = this.#first(stream);
    if (first === null) return null;
    const found = this.#ofFirst(first);
    if (found === null) return null;
    if (this.#known.size >= keptMost) this.#known.clear();
    this.#known.set(stream, found);
    return found;
  }

  #ofFirst(first: RecordedEvent): string | null {
    if (first.type === 'ConvoyOpened') return first.cause;
    if (first.type !== 'SessionStarted' || first.data.convoy === null) return null;
    // The schema of a session's beginning says no more than that it is text.
    return first.data.convoy.startsWith('convoy/') ? this.#ofStream(first.data.convoy as StreamId) : null;
  }
}
