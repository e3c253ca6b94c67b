import fc from 'fast-check';
import type { WantedFault } from '../../forge/faults/fault.ts';

type RequestFault = Extract<WantedFault, { on: 'request' }>['fault'];
type WebhookFault = Extract<WantedFault, { on: 'webhook' }>['fault'];

const none = { kind: 'none' } as const;
const share = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary });
const request = <T extends RequestFault>(fault: T) => fc.constant<RequestFault>(fault);
const webhook = <T extends WebhookFault>(fault: T) => fc.constant<WebhookFault>(fault);

/** Ten of a hundred go wrong: before the effect or after it, without an answer, late, or refused for a while. */
const requestFault: fc.Arbitrary<RequestFault> = fc.oneof(
  share(90, request(none)),
  share(2, request({ kind: 'error-before', status: 503 })),
  share(2, request({ kind: 'error-after', status: 502 })),
  share(1, request({ kind: 'cut-before' })),
  share(2, request({ kind: 'cut-after' })),
  share(
    2,
    fc.record({
      kind: fc.constant('limit' as const),
      status: fc.constantFrom(403, 429),
      retryAfterSeconds: fc.integer({ min: 2, max: 60 }),
    }),
  ),
  share(1, request({ kind: 'delay', milliseconds: 30 })),
);

/** Thirty of a hundred come twice, late, out of order, or not at all. */
const webhookFault: fc.Arbitrary<WebhookFault> = fc.oneof(
  share(70, webhook(none)),
  share(9, webhook({ kind: 'duplicate' })),
  share(8, webhook({ kind: 'delay', milliseconds: 100 })),
  share(7, webhook({ kind: 'reorder' })),
  share(6, webhook({ kind: 'drop' })),
);

/** What befalls the App's next requests, reads and writes alike, and GitHub's next webhooks, by chance that the seed decides. */
export function randomFaults(seed: number): readonly WantedFault[] {
  const requests = fc.sample(requestFault, { seed, numRuns: 3000 });
  const webhooks = fc.sample(webhookFault, { seed, numRuns: 1000 });
  return [
    ...requests.map((fault) => ({ on: 'request', caller: 'app', fault }) as const),
    ...webhooks.map((fault) => ({ on: 'webhook', fault }) as const),
  ];
}
