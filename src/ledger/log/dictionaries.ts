import type { Database } from 'better-sqlite3';
import type { StreamId } from '../../domain/event.ts';
import type { StoredType } from './decode-data.ts';
import { type Dictionary, openDictionary } from './dictionary.ts';

export interface Dictionaries {
  readonly streams: Dictionary<StreamId>;
  readonly types: Dictionary<StoredType>;
  readonly actors: Dictionary<string>;
}

export function openDictionaries(db: Database): Dictionaries {
  return {
    streams: openDictionary<StreamId>(db, {
      table: 'streams',
      idColumn: 'sid',
      columns: ['name'],
      toText: (name) => name,
      toValues: (name) => [name],
      // The column is written only through this dictionary, which takes nothing but a StreamId.
      fromValues: ([name]) => String(name) as StreamId,
    }),
    types: openDictionary<StoredType>(db, {
      table: 'event_types',
      idColumn: 'tid',
      columns: ['name', 'version'],
      toText: (type) => `${type.name}\n${type.version}`,
      toValues: (type) => [type.name, type.version],
      fromValues: ([name, version]) => ({ name: String(name), version: Number(version) }),
    }),
    actors: openDictionary<string>(db, {
      table: 'actors',
      idColumn: 'aid',
      columns: ['name'],
      toText: (name) => name,
      toValues: (name) => [name],
      fromValues: ([name]) => String(name),
    }),
  };
}
