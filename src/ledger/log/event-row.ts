import type { RecordedEvent } from '../../domain/event.ts';
import { LedgerError } from '../ledger-error.ts';
import { decodeData } from './decode-data.ts';
import type { Dictionaries } from './dictionaries.ts';
import type { EventTypes } from './encode-data.ts';
import { bytesToUuid } from './uuid.ts';

/** The columns of a row of `events` in the order of `EventRow`. */
export const eventColumns = 'position, sid, version, tid, aid, at, id, cause, hash, data';

export type EventRow = readonly [
  position: number,
  sid: number,
  version: number,
  tid: number,
  aid: number,
  at: number,
  id: Buffer,
  cause: Buffer | string,
  hash: Buffer,
  data: string,
];

/** A stored row as an event, in the shapes that types have now. */
export function decodeRow(dictionaries: Dictionaries, types: EventTypes, row: EventRow): RecordedEvent {
  const [position, sid, version, tid, aid, at, id, cause, hash, text] = row;
  const type = dictionaries.types.entryOf(tid);
  const data = decodeData(types, type, text, position);
  // The schema of the type has just been passed, which the compiler can't follow through the table of types.
  return {
    type: type.name,
    data,
    stream: dictionaries.streams.entryOf(sid),
    version,
    id: bytesToUuid(id),
    actor: dictionaries.actors.entryOf(aid),
    cause: typeof cause === 'string' ? cause : bytesToUuid(cause),
    at: timeOf(at, position),
    hash: hash.toString('hex'),
    position,
  } as RecordedEvent;
}

function timeOf(at: number, position: number): string {
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) {
    throw new LedgerError({ kind: 'broken-event', type: 'any', position, problems: ['at: not a time'] });
  }
  return time.toISOString();
}
