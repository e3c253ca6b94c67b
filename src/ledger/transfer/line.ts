import { z } from 'zod';
import type { StreamId } from '../../domain/event.ts';

/** The first line of every export. */
export const headerLine = z.strictObject({ format: z.literal('gas-town-ledger'), version: z.literal(1) });

const hex = (bytes: number): z.ZodString => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));

/** A stream's name in the forms that `StreamId` has. */
const streamId = z
  .string()
  .regex(/^(convoy\/\d+\/\d+|session\/.+|rig\/\d+|town)$/)
  .transform((name): StreamId => name as StreamId);

/** A stored content; `bytes` in base64, as they are stored. */
export const contentLine = z.strictObject({
  content: hex(32),
  size: z.int().nonnegative(),
  encoding: z.enum(['raw', 'deflate']),
  bytes: z.base64(),
});

/** An event. `key` and `keyed` stand on the first of the events that were appended under a key. */
export const eventLine = z.strictObject({
  stream: streamId,
  version: z.int().positive(),
  id: z.uuid(),
  type: z.string(),
  typeVersion: z.int().positive(),
  actor: z.string(),
  cause: z.string(),
  at: z.iso.datetime({ precision: 3 }),
  hash: hex(32),
  key: hex(16).optional(),
  keyed: z.int().positive().optional(),
  data: z.unknown(),
});
export type EventLine = z.output<typeof eventLine>;
