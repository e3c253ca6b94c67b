import { z } from 'zod';
import { firstVersion } from '../define-event.ts';

const place = z.strictObject({ owner: z.string(), name: z.string() });

/** Why the town can do nothing in a repository for now. */
export const awayCause = z.enum(['archived', 'suspended', 'removed', 'deleted']);
export type AwayCause = z.output<typeof awayCause>;

/** The events of a rig's stream: what happened to the repository, and orders that did not become a convoy. */
export const rigEventTypes = {
  /** A label was set by someone who may not order work, or where none can be done; answered once. */
  OrderRefused: firstVersion(
    z.strictObject({ issue: z.int().positive(), by: z.string(), rule: z.string(), text: z.string() }),
  ),
  OrderRefusalAnswered: firstVersion(
    z.strictObject({
      issue: z.int().positive(),
      by: z.string(),
      comment: z.int(),
      /** The refusal's event. */
      refusal: z.uuid().optional(),
    }),
  ),
  /** It goes by another name, or belongs to someone else. It is the same rig: rigs are keyed by GitHub's number. */
  RigMoved: firstVersion(z.strictObject({ by: z.string(), before: place, after: place })),
  /** Nothing can be written to it: archived, deleted, or closed to the App. */
  RigAway: firstVersion(z.strictObject({ by: z.string(), why: awayCause })),
  RigBack: firstVersion(z.strictObject({ by: z.string(), why: awayCause })),
} as const;
