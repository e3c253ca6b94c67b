import type { RecordedEvent } from '../../domain/event.ts';
import { uuidToBytes } from '../log/uuid.ts';
import type { LedgerReader } from '../open-reader.ts';

/** Finds events by their id. Ids have no index, since nothing but a question of a person needs one. */
export function prepareFindEvent({ db, log }: LedgerReader): (id: string) => RecordedEvent | null {
  const position = db.prepare<[Buffer], number>('SELECT position FROM events WHERE id = ?').pluck();
  return (id) => {
    const bytes = uuidToBytes(id);
    const found = bytes === null ? undefined : position.get(bytes);
    return found === undefined ? null : (log.readAll(found - 1, 1)[0] ?? null);
  };
}
