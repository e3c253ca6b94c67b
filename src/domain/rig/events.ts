import { z } from 'zod';
import { firstVersion } from '../define-event.ts';

/** The events of a rig's stream: what happened to the repository, and orders that did not become a convoy. */
export const rigEventTypes = {
  /** A label was set by someone who may not order work, or where none can be done; answered once. */
  OrderRefused: firstVersion(
    z.strictObject({ issue: z.int().positive(), by: z.string(), rule: z.string(), text: z.string() }),
  ),
  OrderRefusalAnswered: firstVersion(
    z.strictObject({ issue: z.int().positive(), by: z.string(), comment: z.int() }),
  ),
} as const;
