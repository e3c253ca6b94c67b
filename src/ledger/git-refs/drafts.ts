import type { NewEvent, RecordedEvent, StreamId } from '../../domain/event.ts';
import { toAppendKey } from '../log/append-key.ts';
import { type EventTypes, encodeData } from '../log/encode-data.ts';
import { hashEvent } from '../log/hash-event.ts';
import type { StreamHead } from '../log/stream-head.ts';
import type { Provenance } from '../ports/ledger.ts';

/** Events of one append that are not on the remote yet. What they are is settled; where they stand is not. */
export interface Draft {
  readonly events: readonly NewEvent[];
  readonly ids: readonly string[];
  readonly provenance: Provenance;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface Numbered {
  readonly line: string;
  /** Position 0: no store has taken it in. */
  readonly event: RecordedEvent;
}

/** Gives drafts their places after a stream's head. Throws `invalid-event`. */
export function numberDrafts(
  stream: StreamId,
  head: StreamHead,
  drafts: readonly Draft[],
  types: EventTypes,
): readonly Numbered[] {
  const numbered: Numbered[] = [];
  let { version, hash } = head;
  for (const { events, ids, provenance, at } of drafts) {
    const key = toAppendKey(provenance.key)?.digest;
    for (const [index, event] of events.entries()) {
      version += 1;
      const { actor, cause } = provenance;
      const { typeVersion, data, text } = encodeData(types, event);
      const parts = { stream, version, id: ids[index] ?? '', type: event.type, typeVersion, actor, cause };
      hash = hashEvent(hash, { ...parts, at, data: text });
      const time = new Date(at).toISOString();
      const keyed = key !== undefined && index === 0 ? { key, keyed: events.length } : {};
      const head = JSON.stringify({ ...parts, at: time, hash, ...keyed });
      const recorded = { stream, version, id: parts.id, actor, cause, at: time, hash, position: 0 };
      // `encodeData` has passed the data through the schema of its type.
      const whole = { type: event.type, data, ...recorded } as RecordedEvent;
      numbered.push({ line: `${head.slice(0, -1)},"data":${text}}`, event: whole });
    }
  }
  return numbered;
}
