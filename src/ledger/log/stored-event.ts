import type { Dictionaries } from './dictionaries.ts';
import type { EventRow } from './event-row.ts';
import type { HashedParts } from './hash-event.ts';
import { hexToUuid } from './uuid.ts';

/** An event as it is stored: all that was hashed, with its data as text. */
export interface StoredEvent extends HashedParts {
  readonly position: number;
  readonly hash: string;
}

/** Reads rows as stored events. Events that follow each other often have one cause, so the last one is remembered. */
export function openStoredEvents(dictionaries: Dictionaries): (row: EventRow) => StoredEvent {
  let causeCell = '';
  let cause = '';
  return ([position, sid, version, tid, aid, at, idAndHash, cell, data]) => {
    const type = dictionaries.types.entryOf(tid);
    if (cell !== causeCell) {
      causeCell = cell;
      cause = cell.startsWith('"') ? cell.slice(1) : hexToUuid(cell);
    }
    return {
      stream: dictionaries.streams.entryOf(sid),
      version,
      id: hexToUuid(idAndHash),
      type: type.name,
      typeVersion: type.version,
      actor: dictionaries.actors.entryOf(aid),
      cause,
      at,
      data,
      hash: idAndHash.slice(32),
      position,
    };
  };
}
