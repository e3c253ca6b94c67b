import { parse, TomlError } from 'smol-toml';
import { z } from 'zod';
import { roleName } from '../domain/session/events.ts';
import { RoleFileWrong } from './role-file-wrong.ts';

const models = z.array(z.string().min(1)).min(1);

/** What a role's file holds. */
export const roleText = z.strictObject({
  name: roleName,
  description: z.string().min(1),
  max_iterations: z.int().min(1).max(1_000),
  tools: z.array(z.string().min(1)),
  /** First choice, then fallbacks; left out, the table of models says it. */
  model: models.optional(),
  reminder: z.string().min(1).optional(),
  keep_turns: z.int().min(1).max(100).optional(),
  wall_clock_minutes: z.number().positive().optional(),
  max_output_tokens: z.int().min(256).optional(),
  system: z.strictObject({ text: z.string().min(1) }),
});
export type RoleText = z.output<typeof roleText>;

/** Which models each role asks where its file names none. */
export const modelTable = z.strictObject({
  default: models,
  ...Object.fromEntries(roleName.options.map((name) => [name, models.optional()])),
}) as z.ZodType<{ readonly default: string[] } & Partial<Record<z.output<typeof roleName>, string[]>>>;

/** Parses a TOML text of a file by a schema. Throws `RoleFileWrong` with the first mistake's place. */
export function parseToml<T>(file: string, text: string, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(tableOf(file, text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue?.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    throw new RoleFileWrong(file, lineOf(text, key), `there is no field called ${key}`);
  }
  const path = issue?.path.join('.') ?? '';
  const top = String(issue?.path[0] ?? '');
  const line = lineOf(text, top);
  throw new RoleFileWrong(
    file,
    line,
    line === null ? `the field ${path} is missing or wrong: ${issue?.message}` : `${path}: ${issue?.message}`,
  );
}

function tableOf(file: string, text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [what = 'it is not TOML'] = error.message.replace(/^Invalid TOML document: /, '').split('\n');
    throw new RoleFileWrong(file, `line ${error.line}`, what, { cause: error });
  }
}

/** Where a top-level field or table stands; null when it doesn't. */
function lineOf(text: string, field: string): string | null {
  const at = text
    .split('\n')
    .findIndex((line) => line.startsWith(`[${field}]`) || line.split('=')[0]?.trim() === field);
  return at < 0 ? null : `line ${at + 1}`;
}
