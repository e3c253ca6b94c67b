import type { z } from 'zod';
import { convoyEventTypes } from './convoy/events.ts';
import { crewEventTypes } from './crew/events.ts';
import { patrolEventTypes } from './patrol/events.ts';
import { rigEventTypes } from './rig/events.ts';
import { sessionEventTypes } from './session/events.ts';

/**
 * One event type as it is stored: its current version, the schema of that version, and one pure step per older version
 * (`upcasts[0]` turns the data of version 1 into version 2, and so on). A name in this table never changes its meaning.
 */
export interface EventTypeDefinition {
  readonly version: number;
  readonly schema: z.ZodType;
  readonly upcasts: readonly ((data: unknown) => unknown)[];
}

/** Every event type that any stream may hold. An event of a type that is not here is an error, not a shrug. */
export const eventTypes = {
  ...convoyEventTypes,
  ...crewEventTypes,
  ...patrolEventTypes,
  ...rigEventTypes,
  ...sessionEventTypes,
} as const satisfies Record<string, EventTypeDefinition>;

export type EventType = keyof typeof eventTypes;
export type EventData = { [T in EventType]: z.output<(typeof eventTypes)[T]['schema']> };
