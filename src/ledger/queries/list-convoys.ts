import type { LedgerReader } from '../open-reader.ts';
import type { ConvoyRow } from '../projections/convoys.ts';

/** A convoy with what its beads and its spend come to. */
export type ConvoySummary = ConvoyRow & {
  readonly beads: number;
  readonly landed: number;
  readonly closed: number;
  readonly working: number;
  readonly blocked: number;
  readonly tokens: number;
  readonly usd: number;
};

export interface ConvoyPage {
  readonly convoys: readonly ConvoySummary[];
  /** Of all pages. */
  readonly count: number;
}

/** Convoys, the newest first, by their read models. `beads.closed` counts those that are closed and have not landed. */
export function listConvoys(
  { db }: LedgerReader,
  page: { readonly limit: number; readonly offset: number },
): ConvoyPage {
  const convoys = db
    .prepare<[number, number], ConvoySummary>(
      `WITH page AS (SELECT * FROM convoys ORDER BY opened DESC, convoy DESC LIMIT ? OFFSET ?),
       board AS (
         SELECT convoy, count(*) AS beads,
           sum(landed = 1 OR outcome = 'no-changes') AS landed,
           sum(status = 'closed' AND landed = 0 AND outcome <> 'no-changes') AS closed,
           sum(status = 'in_progress') AS working, sum(status = 'blocked') AS blocked
         FROM beads WHERE convoy IN (SELECT convoy FROM page) GROUP BY convoy),
       bill AS (
         SELECT convoy, sum(charged_input_tokens + charged_output_tokens) AS tokens, sum(usd) AS usd
         FROM spend WHERE convoy IN (SELECT convoy FROM page) GROUP BY convoy)
       SELECT page.*, ifnull(beads, 0) AS beads, ifnull(landed, 0) AS landed, ifnull(closed, 0) AS closed,
         ifnull(working, 0) AS working, ifnull(blocked, 0) AS blocked, ifnull(tokens, 0) AS tokens, ifnull(usd, 0.0) AS usd
       FROM page LEFT JOIN board USING (convoy) LEFT JOIN bill USING (convoy)
       ORDER BY opened DESC, convoy DESC`,
    )
    .all(page.limit, page.offset);
  const count = db.prepare<[], number>('SELECT count(*) FROM convoys').pluck().get() ?? 0;
  return { convoys, count };
}
