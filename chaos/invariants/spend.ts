import { costOf } from '../../src/agent/price.ts';
import type { RecordedEvent } from '../../src/domain/event.ts';
import { priceOf } from '../../src/entry/model-prices.ts';
import type { Bill } from '../../src/testing/rehearsal/start-rehearsal-model.ts';

/** What may be spent and what was, in US dollars. */
export interface Spending {
  readonly capUsd: number;
  /** By the endpoint's own count, replies that never reached the town whole left out. */
  readonly billedUsd: number;
  /** Of replies that broke off on their way. */
  readonly brokenUsd: number;
  /** By the town's ledger. */
  readonly recordedUsd: number;
}

/** Adds up what the endpoint has counted itself, what the ledger says, and what people have allowed. */
export function spendingOf(
  bills: readonly Bill[],
  events: readonly RecordedEvent[],
  capUsd: number,
): Spending {
  const sum = (whole: boolean): number =>
    bills.filter((bill) => bill.whole === whole).reduce((total, bill) => total + cost(bill), 0);
  const recorded = events.reduce(
    (total, event) => total + (event.type === 'BudgetSpent' ? event.data.usd : 0),
    0,
  );
  return { capUsd, billedUsd: sum(true), brokenUsd: sum(false), recordedUsd: recorded };
}

const cost = ({ model, inputTokens, outputTokens }: Bill): number =>
  costOf({ inputTokens, outputTokens, cachedInputTokens: 0, estimated: false }, priceOf(model).price);

/** Nothing beyond the caps, neither by the ledger at any moment nor by the endpoint's own count at the end. */
export function findInSpending(
  spending: Spending,
  events: readonly RecordedEvent[],
  firstCapUsd: number,
): string[] {
  const wrong: string[] = [];
  const { capUsd, billedUsd, recordedUsd } = spending;
  if (billedUsd > capUsd) wrong.push(`the endpoint has billed ${usd(billedUsd)} of ${usd(capUsd)}`);
  const caps = new Map<string, number>();
  const spent = new Map<string, number>();
  for (const event of events) {
    const { stream } = event;
    if (event.type === 'BudgetRaised') caps.set(stream, (caps.get(stream) ?? firstCapUsd) + event.data.usd);
    if (event.type !== 'BudgetSpent') continue;
    const total = (spent.get(stream) ?? 0) + event.data.usd;
    spent.set(stream, total);
    const cap = caps.get(stream) ?? firstCapUsd;
    if (total > cap) wrong.push(`${stream} had spent ${usd(total)} of ${usd(cap)} at ${event.position}`);
  }
  if (recordedUsd === 0) wrong.push('the ledger knows of no spending');
  return wrong;
}

const usd = (sum: number): string => `$${sum.toFixed(4)}`;
