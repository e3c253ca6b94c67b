import type { LedgerReader } from '../open-reader.ts';
import { prepareProjectionStatuses } from '../projections/projection-status.ts';
import { spendDays } from '../projections/spend-days.ts';
import { ofRigs } from './of-rigs.ts';

export interface SpendSum {
  /** The role, the model, or the day in UTC (`2026-05-17`). */
  readonly key: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly usd: number;
}

/**
 * What was charged to budgets, for each of the newest `days` days on which something was charged, the newest first. Empty for the ledger of an older
 * program, which knows no days until a town opens it.
 */
export function sumSpendByDay({ db }: LedgerReader, days: number): readonly SpendSum[] {
  if (!prepareProjectionStatuses(db).all().has(spendDays.name)) return [];
  return db
    .prepare<[number], SpendSum>(
      `SELECT day AS key, sum(input_tokens) AS inputTokens, sum(output_tokens) AS outputTokens, sum(usd) AS usd
       FROM spend_days GROUP BY day ORDER BY day DESC LIMIT ?`,
    )
    .all(days);
}

export interface SpendOf extends Omit<SpendSum, 'key'> {
  readonly role: string;
  readonly model: string;
}

/** What was charged, by all convoys or those of some rigs, a sum for each role on each model. */
export function sumSpend({ db }: LedgerReader, rigs: readonly number[] | null = null): readonly SpendOf[] {
  const narrowed = ofRigs(rigs);
  return db
    .prepare<string[], SpendOf>(
      `SELECT role, model, sum(charged_input_tokens) AS inputTokens, sum(charged_output_tokens) AS outputTokens,
         sum(usd) AS usd
       FROM spend WHERE ${narrowed.where} GROUP BY role, model HAVING inputTokens + outputTokens > 0
       ORDER BY role, model`,
    )
    .all(...narrowed.values);
}

/** The sums of roles on models as a sum for each role, or for each model, the dearest first. */
export function spendBy(column: 'role' | 'model', all: readonly SpendOf[]): readonly SpendSum[] {
  const sums = new Map<string, SpendSum>();
  for (const one of all) {
    const key = one[column];
    const { inputTokens, outputTokens, usd } = sums.get(key) ?? { inputTokens: 0, outputTokens: 0, usd: 0 };
    sums.set(key, {
      key,
      inputTokens: inputTokens + one.inputTokens,
      outputTokens: outputTokens + one.outputTokens,
      usd: usd + one.usd,
    });
  }
  return [...sums.values()].sort((a, b) => b.usd - a.usd || tokensOf(b) - tokensOf(a));
}

const tokensOf = ({ inputTokens, outputTokens }: SpendSum): number => inputTokens + outputTokens;
