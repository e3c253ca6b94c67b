import type { Database } from 'better-sqlite3';
import type { StreamId } from '../../domain/event.ts';

/** Names of streams that start with a prefix, in the order they began. */
export function prepareStreamNames(db: Database): (prefix: string) => StreamId[] {
  const statement = db
    .prepare<[string, string], StreamId>(
      'SELECT name FROM streams WHERE substr(name, 1, length(?)) = ? ORDER BY sid',
    )
    .pluck();
  return (prefix) => statement.all(prefix, prefix);
}
