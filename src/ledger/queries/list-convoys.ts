import type { LedgerReader } from '../open-reader.ts';
import type { ConvoyRow } from '../projections/convoys.ts';
import { ofRigs, rigOfConvoy } from './of-rigs.ts';

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

/** A repository that convoys were ordered in. */
export interface Rig {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
}

/** Every rig, under the name that its newest convoy knew. */
export function listRigs({ db }: LedgerReader): readonly Rig[] {
  const rows = db
    .prepare<[], Pick<ConvoyRow, 'convoy' | 'repository'>>(
      `SELECT convoy, repository, max(opened) FROM convoys GROUP BY ${rigOfConvoy}`,
    )
    .all();
  return rows.map(({ convoy, repository }) => {
    const [owner = '', name = ''] = repository.split('/');
    return { id: Number(convoy.split('/')[1]), owner, name };
  });
}

/** Convoys, the newest first, by their read models. `beads.closed` counts those that are closed and have not landed. */
export function listConvoys(
  { db }: LedgerReader,
  page: { readonly limit: number; readonly offset: number; readonly rigs?: readonly number[] | null },
): ConvoyPage {
  const rigs = ofRigs(page.rigs ?? null);
  const convoys = db
    .prepare<(string | number)[], ConvoySummary>(
      `WITH page AS (SELECT * FROM convoys WHERE ${rigs.where} ORDER BY opened DESC, convoy DESC LIMIT ? OFFSET ?),
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
    .all(...rigs.values, page.limit, page.offset);
  const count =
    db
      .prepare<string[], number>(`SELECT count(*) FROM convoys WHERE ${rigs.where}`)
      .pluck()
      .get(...rigs.values) ?? 0;
  return { convoys, count };
}
