import { createHmac } from 'node:crypto';
import type { DeliveryRow } from '../store/rows.ts';

/** The headers of a delivery, with both of GitHub's signatures over its exact body. */
export function webhookHeaders(
  delivery: Pick<DeliveryRow, 'guid' | 'event'>,
  body: string,
  appId: number,
  secret: string,
): Record<string, string> {
  const sign = (algorithm: string) => createHmac(algorithm, secret).update(body).digest('hex');
  return {
    accept: '*/*',
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'user-agent': 'GitHub-Hookshot/forge',
    'x-github-delivery': delivery.guid,
    'x-github-event': delivery.event,
    'x-github-hook-id': String(appId),
    'x-github-hook-installation-target-id': String(appId),
    'x-github-hook-installation-target-type': 'integration',
    'x-hub-signature': `sha1=${sign('sha1')}`,
    'x-hub-signature-256': `sha256=${sign('sha256')}`,
  };
}
