import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';

const text = z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]);

const metadata = z.object({
  name: z.string(),
  inputs: z
    .record(z.string(), z.object({ required: z.boolean().default(false), default: text.optional() }))
    .default({}),
  outputs: z.record(z.string(), z.unknown()).default({}),
  runs: z.strictObject({
    using: z.literal('docker'),
    image: z.string(),
    args: z.array(text).default([]),
    env: z.record(z.string(), text).default({}),
  }),
});
export type ActionMetadata = z.infer<typeof metadata>;

/** An action that can't be run here: it is not there, or of a kind that is not known. */
export class UnknownActionError extends Error {
  override readonly name = 'UnknownActionError';
  readonly uses: string;
  constructor(uses: string, reason: string) {
    super(`The action ${uses} can't be run here: ${reason}`);
    this.uses = uses;
  }
}

/** Reads the action.yml of a container action. @throws UnknownActionError */
export async function readActionMetadata(uses: string, folder: string): Promise<ActionMetadata> {
  const file = path.join(folder, 'action.yml');
  try {
    const parsed = metadata.safeParse(parse(await readFile(file, 'utf8')));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw new UnknownActionError(uses, `${file}: ${issue?.path.join('.')}: ${issue?.message}`);
  } catch (error) {
    const unreadable = error instanceof YAMLParseError || (error instanceof Error && 'code' in error);
    if (unreadable) throw new UnknownActionError(uses, error.message);
    throw error;
  }
}
