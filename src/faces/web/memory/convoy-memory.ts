import { convoyFold } from '../../../domain/convoy/evolve.ts';
import type { Convoy, ConvoyState } from '../../../domain/convoy/state.ts';
import { evolveAll, type RecordedEvent, type StreamId } from '../../../domain/event.ts';
import type { LedgerReader } from '../../../ledger/open-reader.ts';

/** A convoy as it was when one of its events had just happened. */
export interface ConvoyMoment {
  readonly convoy: Convoy;
  /** Its events up to that moment, in order. */
  readonly events: readonly RecordedEvent[];
  /** The version shown, and the newest. They differ for a moment of the past. */
  readonly version: number;
  readonly newest: number;
}

interface Kept {
  readonly events: RecordedEvent[];
  state: ConvoyState;
}

/** How many convoys' events are kept: reading a page again costs only what is new. */
const keptMost = 8;

/** Reads convoys from the ledger, and keeps those that were read last. */
export class ConvoyMemory {
  readonly #reader: LedgerReader;
  readonly #kept = new Map<StreamId, Kept>();

  constructor(reader: LedgerReader) {
    this.#reader = reader;
  }

  /** The convoy now, or after its event `at`; null where there is no such convoy, or no such moment of it. */
  moment(stream: StreamId, at: number | null): ConvoyMoment | null {
    const { events, state } = this.#upToNow(stream);
    const newest = events.length;
    const version = at ?? newest;
    if (version < 1 || version > newest) return null;
    const shown = version === newest ? events : events.slice(0, version);
    const convoy = version === newest ? state : evolveAll(convoyFold, convoyFold.initial(stream), shown);
    return convoy === null ? null : { convoy, events: shown, version, newest };
  }

  #upToNow(stream: StreamId): Kept {
    const kept = this.#kept.get(stream) ?? { events: [], state: convoyFold.initial(stream) };
    const news = this.#reader.log.read(stream, kept.events.length);
    for (const event of news) kept.events.push(event);
    kept.state = evolveAll(convoyFold, kept.state, news);
    this.#kept.delete(stream);
    if (kept.events.length === 0) return kept;
    this.#kept.set(stream, kept);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > keptMost && oldest !== undefined) this.#kept.delete(oldest);
    return kept;
  }
}
