import { createHash } from 'node:crypto';
import type { NewEvent, RecordedEvent, StreamId } from '../../domain/event.ts';

export interface Happening {
  readonly stream: StreamId;
  readonly actor: string;
  readonly event: NewEvent;
}

/** Events as a ledger would have taken them in, one second apart: for tests of what only reads them. */
export function recordEvents(happenings: readonly Happening[]): RecordedEvent[] {
  const versions = new Map<StreamId, number>();
  return happenings.map(({ stream, actor, event }, index) => {
    const version = (versions.get(stream) ?? 0) + 1;
    versions.set(stream, version);
    return {
      ...event,
      stream,
      version,
      actor,
      id: `01890000-0000-7000-8000-${String(index).padStart(12, '0')}`,
      cause: 'test',
      at: new Date(Date.UTC(2030, 0, 1) + index * 1000).toISOString(),
      hash: createHash('sha256').update(`${stream} ${version}`).digest('hex'),
      position: index + 1,
    };
  });
}
