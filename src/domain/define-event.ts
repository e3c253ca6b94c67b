import type { z } from 'zod';

/** Version 1 of an event type: no upcasts yet. Data is stored as JSON, so schemas hold JSON values alone. */
export function firstVersion<Schema extends z.ZodType>(
  schema: Schema,
): { version: 1; schema: Schema; upcasts: [] } {
  return { version: 1, schema, upcasts: [] };
}
