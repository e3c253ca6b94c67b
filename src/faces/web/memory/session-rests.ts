import type { StreamId } from '../../../domain/event.ts';
import type { LedgerReader } from '../../../ledger/open-reader.ts';
import type { Rest } from '../convoy/timeline/timeline.ts';

interface Kept {
  version: number;
  readonly rests: Rest[];
}

/** How many sessions' rests are kept: reading them again costs only what is new. */
const keptMost = 64;

/** Reads from the ledger when a session was suspended. */
export class SessionRests {
  readonly #reader: LedgerReader;
  readonly #kept = new Map<StreamId, Kept>();

  constructor(reader: LedgerReader) {
    this.#reader = reader;
  }

  of(session: StreamId): readonly Rest[] {
    const kept = this.#kept.get(session) ?? { version: 0, rests: [] };
    for (const event of this.#reader.log.read(session, kept.version)) {
      kept.version = event.version;
      const at = Date.parse(event.at);
      const last = kept.rests.at(-1);
      if (event.type === 'SessionSuspended') kept.rests.push({ from: at, to: null });
      else if (last?.to === null && ends.has(event.type))
        kept.rests[kept.rests.length - 1] = { ...last, to: at };
    }
    this.#kept.delete(session);
    this.#kept.set(session, kept);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > keptMost && oldest !== undefined) this.#kept.delete(oldest);
    return kept.rests;
  }
}

const ends: ReadonlySet<string> = new Set(['SessionResumed', 'SessionEnded']);
