import type { z } from 'zod';
import { LedgerError } from '../ledger-error.ts';
import { problemsOf } from '../log/encode-data.ts';

/** One line of an export; throws `invalid-line` with its number. */
export function parseLine<S extends z.ZodType>(schema: S, text: string, line: number): z.output<S> {
  const parsed = schema.safeParse(parseJson(text, line));
  if (parsed.success) return parsed.data;
  throw new LedgerError({ kind: 'invalid-line', line, problem: problemsOf(parsed.error).join('; ') });
}

function parseJson(text: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new LedgerError({ kind: 'invalid-line', line, problem: 'not JSON' }, { cause: error });
  }
}
