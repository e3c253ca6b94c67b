import type { RecordedEvent, StreamId } from '../../../domain/event.ts';
import type { LedgerReader } from '../../../ledger/open-reader.ts';
import type { Rest } from '../convoy/timeline/timeline.ts';
import { StreamMemory } from './stream-memory.ts';

/** How many sessions' rests are kept. */
const keptMost = 64;

const ends: ReadonlySet<RecordedEvent['type']> = new Set(['SessionResumed', 'SessionEnded']);

/** Reads from the ledger when a session was suspended. */
export class SessionRests {
  readonly #memory: StreamMemory<readonly Rest[]>;

  constructor(reader: LedgerReader) {
    this.#memory = new StreamMemory(reader, keptMost, (told, news) => news.reduce(withEvent, told ?? []));
  }

  of(session: StreamId): readonly Rest[] {
    return this.#memory.upToNow(session);
  }
}

function withEvent(rests: readonly Rest[], event: RecordedEvent): readonly Rest[] {
  const at = Date.parse(event.at);
  const last = rests.at(-1);
  if (event.type === 'SessionSuspended') return [...rests, { from: at, to: null }];
  return last?.to === null && ends.has(event.type) ? rests.with(-1, { ...last, to: at }) : rests;
}
