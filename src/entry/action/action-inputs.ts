import { z } from 'zod';
import { CannotRun } from '../../faces/cli/cannot-run.ts';

const text = z.string().trim().min(1).optional();
const number = z
  .string()
  .regex(/^\d+(\.\d+)?$/, 'give a number')
  .transform(Number);

/** The inputs of action.yml by their names there; GitHub hands each to the container as `INPUT_<NAME>`. */
const inputs = z.object({
  part: z.enum(['work', 'settle', 'bead']).default('work'),
  convoy: number.pipe(z.int().positive()).optional(),
  'github-token': z.string().trim().min(1, 'give a token'),
  'openai-api-key': text,
  'openai-base-url': z.url().optional(),
  'nebius-api-key': text,
  models: text,
  'budget-usd': number.pipe(z.number().positive()).optional(),
  image: text,
  polecats: number.pipe(z.int().min(1).max(50)).optional(),
  verify: text,
  config: z
    .string()
    .regex(/^(?!\/)(?!.*(?:^|\/)\.\.(?:\/|$)).+$/, 'give a path within the repository')
    .default('.github/gas-town.yml'),
  'ledger-key': z.string().min(16, 'give at least 16 characters').optional(),
  'marker-key': z.string().min(16, 'give at least 16 characters').optional(),
});
export type ActionInputs = z.output<typeof inputs>;

export const inputNames = Object.keys(inputs.shape) as readonly (keyof ActionInputs)[];

/** Inputs whose values must never be shown. */
const secretInputs = [
  'github-token',
  'openai-api-key',
  'nebius-api-key',
  'ledger-key',
  'marker-key',
] as const;

/** Reads and checks the inputs; an empty one counts as left out. Rejects with `CannotRun`, one sentence that names each wrong one. */
export function readInputs(env: Readonly<Record<string, string | undefined>>): ActionInputs {
  const given = inputNames.flatMap((name) => {
    const value = env[`INPUT_${name.toUpperCase()}`]?.trim();
    return value ? [[name, value] as const] : [];
  });
  const parsed = inputs.safeParse({ 'github-token': '', ...Object.fromEntries(given) });
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')} (${issue.message})`).join(', ');
  throw new CannotRun('usage', `These inputs of the action are wrong: ${wrong}.`);
}

/** The values that are to be masked in the job's log. */
export function secretsOf(given: ActionInputs): readonly string[] {
  return secretInputs.flatMap((name) => given[name] ?? []);
}
