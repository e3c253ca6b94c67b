import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { NewEvent } from '../../../domain/event.ts';
import { type EventType, eventTypes } from '../../../domain/event-types.ts';
import { recordEvents } from '../../../testing/events/record-events.ts';
import { Storyteller, untold } from './storyteller.ts';

/** What a hostile model, issue or program may put into any text. */
const hostile = 'a\u001b[2J\u001b]0;title\u0007b\r\u009b31m\u202e\u0000c';

/** Data that fits a schema, with hostile text wherever any text fits, and as much of everything as there can be. */
function sample(schema: z.core.JSONSchema.BaseSchema): unknown {
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return sample(options[0] as z.core.JSONSchema.BaseSchema);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const [type] = [schema.type].flat();
  if (type === 'object') {
    const entries = Object.entries(schema.properties ?? {});
    return Object.fromEntries(
      entries.map(([name, one]) => [name, sample(one as z.core.JSONSchema.BaseSchema)]),
    );
  }
  if (type === 'array') return [sample(schema.items as z.core.JSONSchema.BaseSchema)];
  if (type === 'integer' || type === 'number') return 3;
  if (type === 'boolean') return true;
  // Any JSON value.
  if (type === undefined) return hostile;
  if (type !== 'string') return null;
  if (schema.format === 'uuid') return '00000000-0000-7000-8000-000000000001';
  if (schema.format === 'date-time') return '2030-01-01T00:00:00.000Z';
  return schema.pattern ? 'a'.repeat(40) : hostile;
}

const [...types] = Object.keys(eventTypes) as EventType[];

function told(type: EventType) {
  const { schema } = eventTypes[type];
  const data = schema.parse(sample(z.toJSONSchema(schema as z.ZodType, { unrepresentable: 'any' })));
  const stream = type.startsWith('Session') ? 'session/00000000-0000-7000-8000-000000000001' : 'convoy/7/1';
  const [event] = recordEvents([{ stream, actor: `polecat:${hostile}`, event: { type, data } as NewEvent }]);
  if (!event) throw new Error('One event was recorded.');
  return new Storyteller().tell(event);
}

/** Told only when it did not go as it should; the sample of each went well. */
const quietEnds: ReadonlySet<EventType> = new Set<EventType>(['SessionEnded']);

describe.each(types)('%s', (type) => {
  it(untold.has(type) ? 'is left to the log' : 'is told', () => {
    expect(told(type).length > 0).toBe(!untold.has(type) && !quietEnds.has(type));
  });

  it('lets nothing reach the terminal that could steer it', () => {
    for (const { who, text, body = '' } of told(type)) {
      expect(who + text).not.toMatch(/\p{Cc}|\u202e/u);
      expect(body.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\u202e/u);
    }
  });
});
