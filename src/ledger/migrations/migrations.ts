import { createHash } from 'node:crypto';
import { eventLog } from './0001-event-log.ts';
import { inbox } from './0002-inbox.ts';
import { keysWithEvents } from './0003-keys-with-events.ts';

export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

function migration(number: number, name: string, sql: string): Migration {
  return { number, name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
}

/** Every migration in order; the last one's number is the schema's version (`PRAGMA user_version`). */
export const migrations: readonly Migration[] = [
  migration(1, 'event-log', eventLog),
  migration(2, 'inbox', inbox),
  migration(3, 'keys-with-events', keysWithEvents),
];
