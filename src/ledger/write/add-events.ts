import type { NewEvent, RecordedEvent, StreamId } from '../../domain/event.ts';
import type { AppendKey } from '../log/append-key.ts';
import type { Provenance } from '../ports/ledger.ts';
import type { WriteContext } from './write-context.ts';

/** Adds events to a stream, tells the projections, and keeps the key. A key is kept only for what added something. */
export function addEvents(
  context: WriteContext,
  stream: StreamId,
  events: readonly NewEvent[],
  { actor, cause }: Provenance,
  key: AppendKey | null,
): readonly RecordedEvent[] {
  const at = context.clock().getTime();
  const recorded = events.map((event) => {
    const added = context.log.add(stream, event, { id: context.newId(), at, actor, cause });
    context.project(added);
    return added;
  });
  const first = recorded[0]?.position;
  if (key !== null && first !== undefined) {
    context.log.keepKey(key, { first, count: recorded.length });
  }
  return recorded;
}
