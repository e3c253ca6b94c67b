import type { Dictionaries } from './dictionaries.ts';
import type { EventRow } from './event-row.ts';
import type { HashedParts } from './hash-event.ts';
import { causeTexts } from './same-again.ts';
import { hexToUuid } from './uuid.ts';

/** An event as it is stored: all that was hashed, with its data as text. */
export interface StoredEvent extends HashedParts {
  readonly position: number;
  readonly hash: string;
}

/** Reads rows as stored events. */
export function openStoredEvents(dictionaries: Dictionaries): (row: EventRow) => StoredEvent {
  const causes = causeTexts();
  return ([position, sid, version, tid, aid, at, idAndHash, cell, data]) => {
    const type = dictionaries.types.entryOf(tid);
    return {
      stream: dictionaries.streams.entryOf(sid),
      version,
      id: hexToUuid(idAndHash),
      type: type.name,
      typeVersion: type.version,
      actor: dictionaries.actors.entryOf(aid),
      cause: causes.toText(cell),
      at,
      data,
      hash: idAndHash.slice(32),
      position,
    };
  };
}
