import type { RecordedEvent, StreamId } from '../../../domain/event.ts';
import type { LedgerReader } from '../../../ledger/open-reader.ts';

interface Kept<Told> {
  version: number;
  told: Told;
}

/** What streams tell, kept for those that were read last: reading one again costs only what is new. */
export class StreamMemory<Told> {
  readonly #reader: LedgerReader;
  readonly #most: number;
  readonly #next: (told: Told | null, news: readonly RecordedEvent[], stream: StreamId) => Told;
  readonly #kept = new Map<StreamId, Kept<Told>>();

  /** `most`: how many streams are kept. `next`: what is told with the news; it may change what was told before. */
  constructor(
    reader: LedgerReader,
    most: number,
    next: (told: Told | null, news: readonly RecordedEvent[], stream: StreamId) => Told,
  ) {
    this.#reader = reader;
    this.#most = most;
    this.#next = next;
  }

  upToNow(stream: StreamId): Told {
    const before = this.#kept.get(stream);
    const news = this.#reader.log.read(stream, before?.version ?? 0);
    const told = this.#next(before?.told ?? null, news, stream);
    const version = news.at(-1)?.version ?? before?.version ?? 0;
    this.#kept.delete(stream);
    if (version === 0) return told;
    this.#kept.set(stream, { version, told });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > this.#most && oldest !== undefined) this.#kept.delete(oldest);
    return told;
  }
}
