import type { RecordedEvent, StreamId } from '../../domain/event.ts';
import type { WorkingLedger } from '../assemble-ledger.ts';
import type { EventTypes } from '../log/encode-data.ts';
import { type Draft, type Numbered, numberDrafts } from './drafts.ts';

interface Parts {
  readonly inner: Pick<WorkingLedger, 'head'>;
  readonly types: EventTypes;
}

/** What was acknowledged and is not on the remote yet, of each shared stream in its order. */
export class SoftDrafts {
  readonly #parts: Parts;
  readonly #drafts = new Map<StreamId, readonly Draft[]>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** How many streams have any. */
  get size(): number {
    return this.#drafts.size;
  }

  streams(): readonly StreamId[] {
    return [...this.#drafts.keys()];
  }

  of(stream: StreamId): readonly Draft[] {
    return this.#drafts.get(stream) ?? [];
  }

  add(stream: StreamId, draft: Draft): void {
    this.#drafts.set(stream, [...this.of(stream), draft]);
  }

  drop(stream: StreamId, landed: readonly Draft[]): void {
    const left = this.of(stream).filter((draft) => !landed.includes(draft));
    if (left.length > 0) this.#drafts.set(stream, left);
    else this.#drafts.delete(stream);
  }

  /** What they look like after what the working copy holds of the stream. */
  tail(stream: StreamId): readonly RecordedEvent[] {
    return this.number(stream, this.of(stream)).map(({ event }) => event);
  }

  hasKey(stream: StreamId, key: string | undefined): boolean {
    return key !== undefined && hasKey(this.of(stream), key);
  }

  number(stream: StreamId, drafts: readonly Draft[]): readonly Numbered[] {
    if (drafts.length === 0) return [];
    return numberDrafts(stream, this.#parts.inner.head(stream), drafts, this.#parts.types);
  }
}

export const hasKey = (drafts: readonly Draft[], key: string): boolean =>
  drafts.some(({ provenance }) => provenance.key === key);
