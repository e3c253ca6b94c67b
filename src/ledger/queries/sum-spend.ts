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

/** What was charged to budgets, by all convoys or those of some rigs, a sum for each role or model, the dearest first. */
export function sumSpendBy(
  { db }: LedgerReader,
  column: 'role' | 'model',
  rigs: readonly number[] | null = null,
): readonly SpendSum[] {
  const narrowed = ofRigs(rigs);
  return db
    .prepare<string[], SpendSum>(
      `SELECT ${column} AS key, sum(charged_input_tokens) AS inputTokens, sum(charged_output_tokens) AS outputTokens,
         sum(usd) AS usd
       FROM spend WHERE ${narrowed.where} GROUP BY ${column} HAVING inputTokens + outputTokens > 0
       ORDER BY usd DESC, inputTokens + outputTokens DESC, key`,
    )
    .all(...narrowed.values);
}

/**
 * The same for each of the newest `days` days on which something was charged, the newest first. Empty for the ledger of an older
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

/** What was charged, a sum for each role on each model. */
export function sumSpend({ db }: LedgerReader): readonly SpendOf[] {
  return db
    .prepare<[], SpendOf>(
      `SELECT role, model, sum(charged_input_tokens) AS inputTokens, sum(charged_output_tokens) AS outputTokens,
         sum(usd) AS usd
       FROM spend GROUP BY role, model HAVING inputTokens + outputTokens > 0 ORDER BY role, model`,
    )
    .all();
}
