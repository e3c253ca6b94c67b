import type { Usage } from '../domain/session/events.ts';
import { costOf, type KnownPrice } from './price.ts';
import type { ReplyFacts, RequestFacts, RequestVerdict, SessionBudget } from './session-budget.ts';

/** What a session may spend in all its life. Null: without a limit. */
export interface Allowance {
  readonly usd: number | null;
  readonly tokens: number | null;
}

export interface AllowanceOptions {
  /** All that was granted to the session, less what was taken back; asked anew before each request. */
  granted(session: string): Allowance;
  priceOf(model: string): KnownPrice;
  /** What a session does when its allowance is too short for the next request. */
  readonly whenShort: 'end' | 'wait';
  afterReply?(reply: ReplyFacts): Promise<void>;
}

/** An answer shorter than this is of no use: a request that can't pay for it is not sent. */
const leastOutputTokens = 1_024;
/** No model writes more in one reply; up to here the rest of the allowance bounds what it may write. */
const mostOutputTokens = 32_768;
/** What bytes say of tokens is an estimate; the reservation is made a little larger. */
const inputMargin = 1.1;

/**
 * Holds a session to its allowance from its own events alone: before each request what it can cost at most is set against
 * what is left, and the length of the answer is bounded by that. So no request needs a decision outside of its session, and
 * twenty sessions that ask at once can't spend what one of them has.
 */
export function allowanceBudget(options: AllowanceOptions): SessionBudget {
  return {
    beforeRequest: async (request) => decide(options, request),
    afterReply: async (reply) => options.afterReply?.(reply),
  };
}

function decide(options: AllowanceOptions, request: RequestFacts): RequestVerdict {
  const { usd, tokens } = options.granted(request.session);
  const { price, listed } = options.priceOf(request.model);
  const input = Math.ceil(request.inputTokens * inputMargin);
  const affordable: number[] = [];
  if (tokens !== null) {
    affordable.push(
      tokens - sum(request.spent, ({ usage }) => usage.inputTokens + usage.outputTokens) - input,
    );
  }
  if (usd !== null) {
    const spent = sum(request.spent, ({ model, usage }) => costOf(usage, options.priceOf(model).price));
    const left = usd - spent - (input * price.inputUsd) / 1_000_000;
    affordable.push(price.outputUsd === 0 ? whole(left) : Math.floor((left * 1_000_000) / price.outputUsd));
  }
  const output = Math.min(...affordable);
  if (output < leastOutputTokens) {
    return {
      allowed: false,
      reason: shortage(usd, tokens, request.model, listed),
      outcome: options.whenShort,
    };
  }
  return output < mostOutputTokens ? { allowed: true, maxOutputTokens: output } : { allowed: true };
}

/** Where output costs nothing, it is bounded by whether anything is left at all. */
const whole = (left: number): number => (left < 0 ? 0 : Number.POSITIVE_INFINITY);

function shortage(usd: number | null, tokens: number | null, model: string, listed: boolean): string {
  const parts = [
    usd === null ? '' : `${usd.toFixed(2)} US dollars`,
    tokens === null ? '' : `${tokens.toLocaleString('en')} tokens`,
  ].filter((part) => part !== '');
  const note = listed ? '' : ` The price of ${model} is not known, so the dearest is taken.`;
  return `What is left of its allowance of ${parts.join(' and ')} does not pay for another reply.${note}`;
}

type Spent = { readonly model: string; readonly usage: Usage };

const sum = (all: readonly Spent[], of: (one: Spent) => number): number =>
  all.reduce((total, one) => total + of(one), 0);
