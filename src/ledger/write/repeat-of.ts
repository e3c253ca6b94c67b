import type { RecordedEvent, StreamId } from '../../domain/event.ts';
import { LedgerError } from '../ledger-error.ts';
import type { AppendKey } from '../log/append-key.ts';
import type { WriteContext } from './write-context.ts';

/**
 * The events that were appended under a key before, or null for a new key. A key belongs to one stream: to use it for
 * another is a fault of the caller, who would otherwise be handed a stranger's events.
 */
export function repeatOf(
  context: WriteContext,
  stream: StreamId,
  key: AppendKey | null,
): readonly RecordedEvent[] | null {
  const before = key === null ? null : context.log.keyed(key);
  if (key === null || before === null) return null;
  const events = context.log.readAll(before.first - 1, before.count);
  const firstStream = events[0]?.stream;
  if (firstStream !== stream) {
    throw new LedgerError({
      kind: 'key-reused',
      key: key.text,
      stream,
      firstStream: firstStream ?? 'no stream',
    });
  }
  return events;
}
