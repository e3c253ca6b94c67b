import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** One line of the log: who asked for which host, and what came of it. */
export const egressLine = z.object({
  /** ISO 8601. */
  at: z.string(),
  /** The convoy's stream. */
  convoy: z.string(),
  by: z.enum(['setup', 'agents']),
  host: z.string(),
  port: z.number(),
  /** Why not; null when it was let through. */
  refused: z.string().nullable(),
});
export type EgressLine = z.output<typeof egressLine>;

/** The file of a town's folder that grows, and the one before it. */
export const egressFiles = (folder: string): { readonly now: string; readonly before: string } => ({
  now: join(folder, 'egress.jsonl'),
  before: join(folder, 'egress.1.jsonl'),
});

/** What a town's containers asked the network for, as far as it is kept, the oldest first; nothing where none was kept. */
export function readEgress(folder: string): readonly EgressLine[] {
  const { now, before } = egressFiles(folder);
  return [before, now].flatMap((file) => linesOf(file).flatMap(parsed));
}

function linesOf(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch (error) {
    if (Object(error).code === 'ENOENT') return [];
    throw error;
  }
}

/** A line that a crash cut short is none. */
function parsed(line: string): readonly EgressLine[] {
  try {
    return [egressLine.parse(JSON.parse(line))];
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return [];
    throw error;
  }
}
