import { z } from 'zod';
import { convoySettings } from '../../../domain/convoy/settings.ts';
import { roleName } from '../../../domain/session/events.ts';

const model = z.string().min(1);

/** What `gastown run` is asked to do, with every default filled in. */
export const runOptions = z.strictObject({
  task: z.string().trim().min(1, 'the task is empty'),
  /** Absolute. */
  workspace: z.string().min(1),
  image: z.string().min(1),
  memoryBytes: z.int().positive(),
  cpus: z.number().positive(),
  network: convoySettings.shape.network,
  polecats: z.int().positive(),
  verify: z.string().min(1).nullable(),
  setup: z.array(z.string().min(1)),
  models: z.strictObject({ all: model.nullable(), byRole: z.partialRecord(roleName, model) }),
  json: z.boolean(),
  /** Port of the dashboard, 0 for a free one; null for none. */
  web: z.int().min(0).max(65_535).nullable(),
  allowDirty: z.boolean(),
  merge: z.boolean(),
  debug: z.boolean(),
});
export type RunOptions = z.output<typeof runOptions>;
