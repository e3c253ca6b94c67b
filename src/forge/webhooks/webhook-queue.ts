import http from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { FaultList } from '../faults/fault-list.ts';
import type { SentWebhook } from '../forge.ts';
import type { QueuedDeliveryRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { DeliveryTimeoutError, type Outcome, post } from './post.ts';
import { webhookHeaders } from './webhook-headers.ts';

interface Settings {
  readonly store: Store;
  readonly appId: number;
  readonly secret: string;
  readonly clock: () => Date;
  readonly faults: FaultList;
  readonly onWebhook?: (webhook: SentWebhook) => void;
}

/** Sends stored deliveries one after another, in the order they were stored; without a URL they wait for one. */
export class WebhookQueue {
  readonly #settings: Settings;
  readonly #waiters: (() => void)[] = [];
  readonly #stop = new AbortController();
  readonly #agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  /** Deliveries that a fault holds back, by id. */
  readonly #aside = new Map<number, Promise<void>>();
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
    queueMicrotask(() => {
      this.#drain().catch((error: Error) => process.emitWarning(error));
    });
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

  /** A store that fails (a full disk) ends the round; what is queued is tried again at the next event. */
  async #drain(): Promise<void> {
    try {
      let next = this.#next(0);
      while (next !== undefined && !this.#stop.signal.aborted) {
        await this.#meet(next);
        next = this.#next(0);
        if (next === undefined) await Promise.all(this.#aside.values());
        next ??= this.#next(0);
      }
    } finally {
      this.#running = false;
      for (const resolve of this.#waiters.splice(0)) resolve();
    }
  }

  /** The oldest queued delivery after `id` that no fault holds back. */
  #next(id: number): QueuedDeliveryRow | undefined {
    const { store } = this.#settings;
    const sql = `SELECT d.* FROM delivery_queue JOIN deliveries d ON d.id = delivery_id
      WHERE delivery_id > ? ORDER BY delivery_id LIMIT 1`;
    let found = store.one<QueuedDeliveryRow>(sql, id);
    while (found !== undefined && this.#aside.has(found.id))
      found = store.one<QueuedDeliveryRow>(sql, found.id);
    return found;
  }

  /** Delivers, with the fault that was asked for, if any. */
  async #meet(delivery: QueuedDeliveryRow): Promise<void> {
    const fault = this.#settings.faults.takeForWebhook(delivery.event, delivery.action);
    switch (fault?.kind) {
      case undefined:
      case 'none':
        return this.#deliver(delivery);
      case 'drop':
        return this.#record(delivery, {}, { code: 0, status: 'dropped', headers: {}, body: '' }, 0);
      case 'duplicate':
        await this.#deliver(delivery);
        return this.#deliver(delivery);
      case 'wrong-signature':
        return this.#deliver(delivery, `not ${this.#settings.secret}`);
      case 'reorder': {
        const after = this.#next(delivery.id);
        if (after !== undefined) await this.#deliver(after);
        return this.#deliver(delivery);
      }
      case 'delay':
        this.#aside.set(delivery.id, this.#deliverLater(delivery, fault.milliseconds));
    }
  }

  async #deliverLater(delivery: QueuedDeliveryRow, milliseconds: number): Promise<void> {
    const { signal } = this.#stop;
    const slept = await wait(milliseconds, true, { signal }).catch(() => false);
    if (slept) await this.#deliver(delivery);
    this.#aside.delete(delivery.id);
  }

  async #deliver(delivery: QueuedDeliveryRow, secret: string = this.#settings.secret): Promise<void> {
    const { guid, event, action } = delivery;
    this.#settings.onWebhook?.({ guid, event, action, payload: JSON.parse(delivery.payload) });
    const body = delivery.payload;
    const headers = webhookHeaders(delivery, body, this.#settings.appId, secret);
    const started = performance.now();
    const outcome = await this.#post(this.#url ?? '', headers, body);
    if (this.#stop.signal.aborted && outcome.code === 0) return;
    this.#record(delivery, headers, outcome, performance.now() - started);
  }

  #record(
    delivery: QueuedDeliveryRow,
    headers: Record<string, string>,
    outcome: Outcome,
    milliseconds: number,
  ): void {
    const { store, clock } = this.#settings;
    store.transaction(() => {
      store.run('DELETE FROM delivery_queue WHERE delivery_id = ?', delivery.id);
      store.run(
        'INSERT OR REPLACE INTO delivery_outcomes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
        delivery.id,
        this.#url ?? '',
        clock().toISOString(),
        outcome.code,
        outcome.status,
        Math.round(milliseconds) / 1000,
        JSON.stringify(headers),
        JSON.stringify(outcome.headers),
        outcome.body,
      );
    });
  }

  async #post(url: string, headers: Record<string, string>, body: string): Promise<Outcome> {
    const { signal } = this.#stop;
    try {
      return await post(url, { method: 'POST', headers, signal, agent: this.#agent }, body);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const timedOut = error instanceof DeliveryTimeoutError;
      return { code: 0, status: timedOut ? 'timed out' : 'failed to connect to host', headers: {}, body: '' };
    }
  }
}
