import { createHash } from 'node:crypto';
import { z } from 'zod';

const keyed = z.object({
  action: z.string().default(''),
  repository: z.object({ id: z.int() }).optional(),
  issue: z.object({ id: z.int(), updated_at: z.string() }).optional(),
  comment: z.object({ id: z.int(), updated_at: z.string() }).optional(),
  review: z.object({ id: z.int() }).optional(),
  pull_request: z.object({ id: z.int(), updated_at: z.string() }).optional(),
  label: z.object({ name: z.string() }).optional(),
  ref: z.string().optional(),
  after: z.string().optional(),
  check_suite: z.object({ id: z.int(), updated_at: z.string() }).optional(),
  workflow_run: z.object({ id: z.int(), run_attempt: z.int().optional(), updated_at: z.string() }).optional(),
});

/**
 * What an event is about, as a delivery's id. An Actions run has no webhook GUID, and its run id is the same on a re-run:
 * the domain's own key makes a re-run look like what it is, the same event once more.
 */
export function eventKey(event: string, payload: unknown): string {
  const parsed = keyed.safeParse(payload);
  const facts = parsed.success ? parsed.data : payload;
  return `actions-${createHash('sha256')
    .update(JSON.stringify([event, facts]))
    .digest('hex')
    .slice(0, 32)}`;
}
