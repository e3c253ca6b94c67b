import { createHmac } from 'node:crypto';
import http from 'node:http';
import type { SentWebhook } from '../forge.ts';
import type { DeliveryRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';

/** How long a receiver may take before the delivery counts as failed, in milliseconds, as on GitHub. */
const patience = 10_000;

interface Settings {
  readonly store: Store;
  readonly appId: number;
  readonly secret: string;
  readonly clock: () => Date;
  readonly onWebhook?: (webhook: SentWebhook) => void;
}

/** Sends stored deliveries one after another, in the order they were stored; without a URL they wait for one. */
export class WebhookQueue {
  readonly #settings: Settings;
  readonly #waiters: (() => void)[] = [];
  readonly #stop = new AbortController();
  readonly #agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  #running = false;
  #url: string | undefined;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** Where deliveries go from now on, those that wait included. */
  sendTo(url: string): void {
    this.#url = url;
    this.wake();
  }

  /** Sends what is queued; returns at once. */
  wake(): void {
    if (this.#running || this.#stop.signal.aborted || this.#url === undefined) return;
    this.#running = true;
    queueMicrotask(() => void this.#drain());
  }

  /** Resolves when nothing is queued or in flight. */
  settled(): Promise<void> {
    if (!this.#running) return Promise.resolve();
    return new Promise((resolve) => this.#waiters.push(resolve));
  }

  /** Ends a delivery in flight; what is queued stays stored. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.settled();
    this.#agent.destroy();
  }

  async #drain(): Promise<void> {
    let next = this.#next();
    while (next !== undefined && !this.#stop.signal.aborted) {
      await this.#deliver(next);
      next = this.#next();
    }
    this.#running = false;
    for (const resolve of this.#waiters.splice(0)) resolve();
  }

  #next(): DeliveryRow | undefined {
    return this.#settings.store.one<DeliveryRow>(
      "SELECT * FROM deliveries WHERE state = 'queued' ORDER BY id LIMIT 1",
    );
  }

  async #deliver(delivery: DeliveryRow): Promise<void> {
    const { store, clock, onWebhook } = this.#settings;
    const { guid, event, action } = delivery;
    onWebhook?.({ guid, event, action, payload: JSON.parse(delivery.payload) });
    const headers = this.#headers(delivery);
    const started = performance.now();
    const url = this.#url ?? '';
    const answer = await this.#post(url, headers, delivery.payload);
    if (this.#stop.signal.aborted && answer.code === 0) return;
    store.run(
      `UPDATE deliveries SET state = 'done', url = ?, delivered_at = ?, status_code = ?, status = ?, duration = ?,
       request_headers = ?, response_headers = ?, response_body = ? WHERE id = ?`,
      url,
      clock().toISOString(),
      answer.code,
      answer.status,
      Math.round(performance.now() - started) / 1000,
      JSON.stringify(headers),
      JSON.stringify(answer.headers),
      answer.body,
      delivery.id,
    );
  }

  #headers(delivery: DeliveryRow): Record<string, string> {
    const { secret, appId } = this.#settings;
    const sign = (algorithm: string) => createHmac(algorithm, secret).update(delivery.payload).digest('hex');
    return {
      accept: '*/*',
      'content-type': 'application/json',
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

  async #post(url: string, headers: Record<string, string>, body: string): Promise<Outcome> {
    const signal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(patience)]);
    try {
      return await post(url, { method: 'POST', headers, signal, agent: this.#agent }, body);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const timedOut = error.cause instanceof DOMException && error.cause.name === 'TimeoutError';
      return { code: 0, status: timedOut ? 'timed out' : 'failed to connect to host', headers: {}, body: '' };
    }
  }
}

interface Outcome {
  readonly code: number;
  readonly status: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Posts and reads the answer; rejects where none comes. Redirects are answers, as for GitHub. */
function post(url: string, options: http.RequestOptions, body: string): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const request = http.request(url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const code = response.statusCode ?? 0;
        const answered = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
        resolve({
          code,
          status: code >= 200 && code < 300 ? 'OK' : (response.statusMessage ?? ''),
          headers: Object.fromEntries(answered) as Record<string, string>,
          body: Buffer.concat(chunks).toString().slice(0, 65_536),
        });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}
