import { z } from 'zod';

const compiled = new WeakMap<z.ZodType, z.ZodType>();

/**
 * The same schema as straight code, which zod makes of it: several times as fast, with the same results and errors. It is
 * made on first use, since a program that is soon over needs few of them. One that zod can't compile is given as it is.
 */
export function compiledSchema(schema: z.ZodType): z.ZodType {
  const known = compiled.get(schema);
  if (known !== undefined) return known;
  const made = z.compile(schema);
  compiled.set(schema, made);
  return made;
}
