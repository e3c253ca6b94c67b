import type { RecordedEvent } from '../../domain/event.ts';
import { decodeData } from './decode-data.ts';
import type { EventTypes } from './encode-data.ts';
import { timeTexts } from './same-again.ts';
import type { StoredEvent } from './stored-event.ts';

/** Turns stored events into events of the shapes that types have now. Throws `unknown-type` or `broken-event`. */
export function openDecoder(types: EventTypes): (stored: StoredEvent) => RecordedEvent {
  const times = timeTexts();
  return ({ stream, version, id, type, typeVersion, actor, cause, at, data: text, hash, position }) => {
    const data = decodeData(types, { name: type, version: typeVersion }, text, position);
    // The schema of the type has just been passed, which the compiler can't follow through the table of types.
    return {
      type,
      data,
      stream,
      version,
      id,
      actor,
      cause,
      at: times.toText(at, position),
      hash,
      position,
    } as RecordedEvent;
  };
}
