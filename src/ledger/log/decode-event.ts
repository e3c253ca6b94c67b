import type { RecordedEvent } from '../../domain/event.ts';
import { decodeData } from './decode-data.ts';
import type { Dictionaries } from './dictionaries.ts';
import type { EventTypes } from './encode-data.ts';
import type { EventRow } from './event-row.ts';
import { causeTexts, timeTexts } from './same-again.ts';
import { hexToUuid } from './uuid.ts';

/** Turns rows into events of the shapes that types have now. Throws `unknown-type` or `broken-event`. */
export function openDecoder(dictionaries: Dictionaries, types: EventTypes): (row: EventRow) => RecordedEvent {
  const times = timeTexts();
  const causes = causeTexts();
  const { streams, types: storedTypes, actors } = dictionaries;
  return (row) => {
    const position = row[0];
    const type = storedTypes.entryOf(row[3]);
    // The schema of the type has just been passed, which the compiler can't follow through the table of types.
    return {
      type: type.name,
      data: decodeData(types, type, row[8], position),
      stream: streams.entryOf(row[1]),
      version: row[2],
      id: hexToUuid(row[6]),
      actor: actors.entryOf(row[4]),
      cause: causes.toText(row[7]),
      at: times.toText(row[5], position),
      hash: row[6].slice(32),
      position,
    } as RecordedEvent;
  };
}
