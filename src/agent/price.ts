import type { Usage } from '../domain/session/events.ts';

/** What a model costs, in US dollars for a million tokens. */
export interface Price {
  readonly inputUsd: number;
  /** For input that the provider had in its cache; a part of the input that it counts. */
  readonly cachedInputUsd: number;
  readonly outputUsd: number;
}

/** What a usage costs, in US dollars. */
export function costOf(usage: Usage, price: Price): number {
  const fresh = Math.max(0, usage.inputTokens - usage.cachedInputTokens);
  const cost =
    fresh * price.inputUsd +
    usage.cachedInputTokens * price.cachedInputUsd +
    usage.outputTokens * price.outputUsd;
  return cost / 1_000_000;
}

/** A model's price, and whether the table knows it. */
export interface KnownPrice {
  readonly price: Price;
  /** False: the table doesn't have the model, and this is the dearest of each column, so that it can't look cheap. */
  readonly listed: boolean;
}

/** Looks prices up in a table by model name. */
export function pricesFrom(table: Readonly<Record<string, Price>>): (model: string) => KnownPrice {
  const all = Object.values(table);
  const dearest: Price = {
    inputUsd: Math.max(0, ...all.map((price) => price.inputUsd)),
    cachedInputUsd: Math.max(0, ...all.map((price) => price.cachedInputUsd)),
    outputUsd: Math.max(0, ...all.map((price) => price.outputUsd)),
  };
  return (model) => {
    const price = Object.hasOwn(table, model) ? table[model] : undefined;
    return price ? { price, listed: true } : { price: dearest, listed: false };
  };
}
