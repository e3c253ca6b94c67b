import { convoyFold } from '../../../domain/convoy/evolve.ts';
import type { Convoy, ConvoyState } from '../../../domain/convoy/state.ts';
import { evolveAll, type RecordedEvent, type StreamId } from '../../../domain/event.ts';
import type { LedgerReader } from '../../../ledger/open-reader.ts';
import { StreamMemory } from './stream-memory.ts';

/** A convoy as it was when one of its events had just happened. */
export interface ConvoyMoment {
  readonly convoy: Convoy;
  /** Its events up to that moment, in order. */
  readonly events: readonly RecordedEvent[];
  /** The version shown, and the newest. They differ for a moment of the past. */
  readonly version: number;
  readonly newest: number;
}

interface Told {
  readonly events: RecordedEvent[];
  readonly state: ConvoyState;
}

/** How many convoys' events are kept: those on the page of the merge queue, and some that are looked at one by one. */
const keptMost = 28;

/** Reads convoys from the ledger. */
export class ConvoyMemory {
  readonly #memory: StreamMemory<Told>;

  constructor(reader: LedgerReader) {
    this.#memory = new StreamMemory<Told>(reader, keptMost, (told, news, stream) => {
      const events = told?.events ?? [];
      for (const event of news) events.push(event);
      return { events, state: evolveAll(convoyFold, told?.state ?? convoyFold.initial(stream), news) };
    });
  }

  /** The convoy now, or after its event `at`; null where there is no such convoy, or no such moment of it. */
  moment(stream: StreamId, at: number | null): ConvoyMoment | null {
    const { events, state } = this.#memory.upToNow(stream);
    const newest = events.length;
    const version = at ?? newest;
    if (version < 1 || version > newest) return null;
    const shown = version === newest ? events : events.slice(0, version);
    const convoy = version === newest ? state : evolveAll(convoyFold, convoyFold.initial(stream), shown);
    return convoy === null ? null : { convoy, events: shown, version, newest };
  }
}
