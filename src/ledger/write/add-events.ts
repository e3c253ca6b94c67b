import type { NewEvent, RecordedEvent, StreamId } from '../../domain/event.ts';
import type { AppendKey } from '../log/append-key.ts';
import type { Provenance } from '../ports/ledger.ts';
import type { WriteContext } from './write-context.ts';

/** Adds events to a stream and tells the projections. The key stands on the first of them: one that added nothing is not kept. */
export function addEvents(
  context: WriteContext,
  stream: StreamId,
  events: readonly NewEvent[],
  { actor, cause }: Provenance,
  key: AppendKey | null,
): readonly RecordedEvent[] {
  const at = context.clock().getTime();
  const keyed = key === null ? null : { digest: key.digest, count: events.length };
  return events.map((event, index) => {
    const taken = { id: context.newId(), at, actor, cause };
    const added = context.log.add(stream, event, taken, index === 0 ? keyed : null);
    context.project(added);
    return added;
  });
}
