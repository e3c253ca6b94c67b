import { type KnownPrice, type Price, pricesFrom } from '../agent/price.ts';

/** Dollars for a million tokens, as the endpoints list them. A rig's config may say otherwise. */
const prices: Readonly<Record<string, Price>> = {
  'MiniMaxAI/MiniMax-M2.5': { inputUsd: 0.3, cachedInputUsd: 0.3, outputUsd: 1.2 },
  'Qwen/Qwen3-235B-A22B-Instruct-2507': { inputUsd: 0.2, cachedInputUsd: 0.2, outputUsd: 0.6 },
  'Qwen/Qwen3.5-397B-A17B': { inputUsd: 0.6, cachedInputUsd: 0.6, outputUsd: 3.6 },
  'openai/gpt-oss-120b': { inputUsd: 0.15, cachedInputUsd: 0.15, outputUsd: 0.6 },
  'deepseek-ai/DeepSeek-V3.2': { inputUsd: 0.3, cachedInputUsd: 0.3, outputUsd: 0.45 },
};

const free: Price = { inputUsd: 0, cachedInputUsd: 0, outputUsd: 0 };

const listed = pricesFrom(prices);

/** The dearest of the table for a model that is not in it: an unknown model must never look free. A rehearsal costs nothing. */
export function priceOf(model: string): KnownPrice {
  return model.startsWith('rehearsal-') ? { price: free, listed: true } : listed(model);
}
