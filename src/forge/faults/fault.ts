import { z } from 'zod';

const times = z.int().positive().max(1000).default(1);
const delay = z.int().positive().max(60_000);

/**
 * A fault of a request, for the next `times` requests whose method, path and caller fit. `path` is a part of the URL's path;
 * `app` is whoever holds a JWT or an installation's token.
 */
const requestFault = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('error-before'), status: z.int().min(500).max(599).default(502) }),
  z.object({ kind: z.literal('error-after'), status: z.int().min(500).max(599).default(502) }),
  z.object({ kind: z.literal('cut-before') }),
  z.object({ kind: z.literal('cut-after') }),
  z.object({ kind: z.literal('delay'), milliseconds: delay }),
  // As GitHub refuses at a secondary limit: nothing was done, and it says when to come again.
  z.object({
    kind: z.literal('limit'),
    status: z.int().min(403).max(429).default(403),
    retryAfterSeconds: z.int().min(0).max(3600).default(60),
  }),
  // Nothing goes wrong: what stands behind it in the list waits for a later request.
  z.object({ kind: z.literal('none') }),
]);

/** A fault of a webhook, for the next `times` deliveries of that event. */
const webhookFault = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('drop') }),
  z.object({ kind: z.literal('duplicate') }),
  z.object({ kind: z.literal('reorder') }),
  z.object({ kind: z.literal('delay'), milliseconds: delay }),
  z.object({ kind: z.literal('wrong-signature') }),
  z.object({ kind: z.literal('none') }),
]);

export const faultSchema = z.discriminatedUnion('on', [
  z.object({
    on: z.literal('request'),
    method: z.string().optional(),
    path: z.string().optional(),
    caller: z.enum(['app', 'user']).optional(),
    times,
    fault: requestFault,
  }),
  z.object({
    on: z.literal('webhook'),
    event: z.string().optional(),
    action: z.string().optional(),
    times,
    fault: webhookFault,
  }),
]);

export type Fault = z.infer<typeof faultSchema>;
/** As it is asked for. */
export type WantedFault = z.input<typeof faultSchema>;
export type RequestFault = z.infer<typeof requestFault>;
export type WebhookFault = z.infer<typeof webhookFault>;
