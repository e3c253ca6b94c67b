import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { LedgerReader } from '../../../ledger/open-reader.ts';
import { type Count, countWork } from '../../../ledger/queries/count-work.ts';
import { sumSpend } from '../../../ledger/queries/sum-spend.ts';

/** What can't be read from the ledger. */
export interface LiveSources {
  /** Containers of this town on the engine, by state; rejects where the engine doesn't answer. */
  readonly containers: () => Promise<readonly Count[]>;
  /** By reactor: how many events it has not seen yet. */
  readonly lags: () => readonly Count[];
  /** Requests left of GitHub's rate limits, as the last answers said, by resource. */
  readonly quotas: () => readonly Count[];
  readonly clock: () => Date;
}

export interface Metrics {
  readonly contentType: string;
  /** Prometheus' text format, as of now. */
  text(): Promise<string>;
}

/** Everything is asked at the scrape: nothing is counted twice and nothing is lost by a restart. */
export function createMetrics(reader: LedgerReader, live: LiveSources): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, labels: readonly string[] = []): Gauge =>
    new Gauge({ name: `gastown_${name}`, help, labelNames: [...labels], registers: [registry] });
  const work = workGauges(gauge);
  const spend = {
    usd: gauge('spend_dollars', 'Dollars charged to budgets.', ['role', 'model']),
    tokens: gauge('spend_tokens', 'Tokens charged to budgets.', ['role', 'model', 'direction']),
  };
  const containers = gauge('containers', 'Containers of this town on the engine.', ['state']);
  const engine = gauge('engine_up', 'Whether the Docker engine answered this scrape.');
  const lags = gauge('reactor_lag_events', 'Events that a reactor has not seen yet.', ['reactor']);
  const quotas = gauge('github_quota_remaining', "Requests left of GitHub's rate limit.", ['resource']);
  return {
    contentType: registry.contentType,
    async text() {
      setWork(work, countWork(reader, live.clock().getTime()));
      for (const { role, model, inputTokens, outputTokens, usd } of sumSpend(reader)) {
        spend.usd.set({ role, model }, usd);
        spend.tokens.set({ role, model, direction: 'input' }, inputTokens);
        spend.tokens.set({ role, model, direction: 'output' }, outputTokens);
      }
      setCounts(lags, 'reactor', live.lags());
      setCounts(quotas, 'resource', live.quotas());
      const found = await live.containers().catch(() => null);
      engine.set(found === null ? 0 : 1);
      setCounts(containers, 'state', found ?? []);
      return registry.metrics();
    },
  };
}

type MakeGauge = (name: string, help: string, labels?: readonly string[]) => Gauge;

const workGauges = (gauge: MakeGauge) => ({
  deliveries: gauge('inbox_deliveries', 'Deliveries that are due, or parked for a person.', ['status']),
  oldest: gauge('inbox_oldest_due_seconds', 'Age of the oldest delivery that is due.'),
  effects: gauge('outbox_effects', 'Effects on GitHub that are intended and not confirmed.', ['kind']),
  convoys: gauge('convoys', 'Convoys.', ['status']),
  beads: gauge('beads', 'Beads.', ['status']),
  queue: gauge('merge_queue_beads', 'Beads that wait to land.'),
  sessions: gauge('sessions', 'Conversations that have not ended.', ['role']),
  position: gauge('ledger_position', 'Position of the newest event.'),
});

function setWork(gauges: ReturnType<typeof workGauges>, counted: ReturnType<typeof countWork>): void {
  setCounts(gauges.deliveries, 'status', counted.deliveries);
  gauges.oldest.set(counted.oldestDueSeconds);
  setCounts(gauges.effects, 'kind', counted.effects);
  setCounts(gauges.convoys, 'status', counted.convoys);
  setCounts(gauges.beads, 'status', counted.beads);
  gauges.queue.set(counted.mergeQueue);
  setCounts(gauges.sessions, 'role', counted.sessions);
  gauges.position.set(counted.position);
}

/** A kind of which there is none any more is not reported on. */
function setCounts(gauge: Gauge, label: string, counts: readonly Count[]): void {
  gauge.reset();
  for (const { kind, count } of counts) gauge.set({ [label]: kind }, count);
}
