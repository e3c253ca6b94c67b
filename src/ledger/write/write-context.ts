import type { RecordedEvent } from '../../domain/event.ts';
import type { EventLog } from '../log/event-log.ts';
import type { StateCache } from '../state/state-cache.ts';

/** What a write works with, inside a transaction. */
export interface WriteContext {
  readonly log: EventLog;
  readonly states: StateCache;
  readonly clock: () => Date;
  readonly newId: () => string;
  /** Tells every live projection of an event that was just added. */
  project(event: RecordedEvent): void;
}
