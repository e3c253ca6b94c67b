import type { Database } from 'better-sqlite3';
import type { ProjectedEvent } from '../projections/projection.ts';
import { decodeData } from './decode-data.ts';
import { openDictionaries } from './dictionaries.ts';
import type { EventTypes } from './encode-data.ts';
import { timeTexts } from './same-again.ts';

type ProjectedRow = readonly [
  position: number,
  sid: number,
  version: number,
  tid: number,
  aid: number,
  at: number,
  data: string,
];

export interface ProjectedPage {
  /** Those of the wanted types. */
  readonly events: readonly ProjectedEvent[];
  /** Of the last event read, wanted or not. */
  readonly last: number;
  readonly read: number;
}

/** Reads the log as projections see it: without ids, causes and hashes, and only events of wanted types are decoded. */
export function prepareReadProjected(
  db: Database,
  types: EventTypes,
  isWanted: (type: string) => boolean,
): (after: number, limit: number) => ProjectedPage {
  const dictionaries = openDictionaries(db);
  const times = timeTexts();
  const statement = db
    .prepare<[number, number], ProjectedRow>(
      'SELECT position, sid, version, tid, aid, at, data FROM events WHERE position > ? ORDER BY position LIMIT ?',
    )
    .raw();
  return (after, limit) => {
    const rows = statement.all(after, limit);
    const events: ProjectedEvent[] = [];
    for (const [position, sid, version, tid, aid, at, text] of rows) {
      const type = dictionaries.types.entryOf(tid);
      if (!isWanted(type.name)) continue;
      // `decodeData` has passed the data through the schema of its type.
      events.push({
        type: type.name,
        data: decodeData(types, type, text, position),
        stream: dictionaries.streams.entryOf(sid),
        version,
        actor: dictionaries.actors.entryOf(aid),
        at: times.toText(at, position),
        position,
      } as ProjectedEvent);
    }
    return { events, last: rows.at(-1)?.[0] ?? after, read: rows.length };
  };
}
