import fc from 'fast-check';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { eventTypes } from '../../domain/event-types.ts';
import { anyEvent } from '../../testing/ledger/any-event.ts';
import { compiledSchema } from './compiled-schema.ts';

it('can be made of the schema of every event type', () => {
  for (const [type, { schema }] of Object.entries(eventTypes)) {
    expect(() => z.compile(schema as z.ZodType, { strict: true }), type).not.toThrow();
  }
});

/** Data of an event, whole or with one field taken away, added or given another value. */
const dataOfAny = fc
  .tuple(anyEvent(), fc.option(fc.tuple(fc.nat(), fc.oneof(fc.constant(undefined), fc.anything()))))
  .map(([{ type, data }, change]) => {
    if (change === null) return { type, data };
    const [at, value] = change;
    const names = [...Object.keys(data), 'unknown'];
    return { type, data: { ...data, [names[at % names.length] ?? 'unknown']: value } };
  });

it('takes and refuses what its original takes and refuses, with the same data and the same problems', () => {
  fc.assert(
    fc.property(dataOfAny, ({ type, data }) => {
      const { schema } = eventTypes[type];
      const expected = schema.safeParse(data);
      const found = compiledSchema(schema).safeParse(data);
      expect(found.success).toBe(expected.success);
      expect(found.data).toEqual(expected.data);
      expect(found.error?.issues).toEqual(expected.error?.issues);
    }),
    { numRuns: 2_000 },
  );
});
