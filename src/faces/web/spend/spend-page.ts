import type { SpendSum } from '../../../ledger/queries/sum-spend.ts';
import { dollars, shortCount } from '../layout/figures.ts';
import { type Html, html } from '../layout/html.ts';

export interface SpendSums {
  readonly byRole: readonly SpendSum[];
  readonly byModel: readonly SpendSum[];
  readonly byDay: readonly SpendSum[];
}

/** What was spent, by role, by model and by day. */
export function spendPage({ byRole, byModel, byDay }: SpendSums): Html {
  const all = sum(byRole);
  return html`<h1>Spend</h1>
<dl class="facts big"><div><dt>Dollars</dt><dd>${dollars(all.usd)}</dd></div><div><dt>Tokens in</dt><dd>${shortCount(all.inputTokens)}</dd></div><div><dt>Tokens out</dt><dd>${shortCount(all.outputTokens)}</dd></div></dl>
${table('role', 'By role', byRole)}${table('model', 'By model', byModel)}${table('day', 'By day', byDay)}`;
}

function table(id: string, title: string, sums: readonly SpendSum[]): Html {
  if (sums.length === 0) return html``;
  const most = Math.max(...sums.map(weight), Number.MIN_VALUE);
  const rows = sums.map((row) => {
    const share = ((100 * weight(row)) / most).toFixed(1);
    return html`<tr><th scope="row">${row.key}</th><td class="bar"><svg aria-hidden="true" width="100%" height="10"><rect class="lane" width="100%" height="10" rx="5"></rect><rect class="working" width="${share}%" height="10" rx="5"></rect></svg></td>
<td class="figure">${dollars(row.usd)}</td><td class="figure wide">${shortCount(row.inputTokens)} in</td><td class="figure wide">${shortCount(row.outputTokens)} out</td></tr>
`;
  });
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2><table><thead><tr><th scope="col">${id}</th><th scope="col"><span class="hidden">Share</span></th><th scope="col" class="figure">Dollars</th><th scope="col" class="figure wide">Input tokens</th><th scope="col" class="figure wide">Output tokens</th></tr></thead><tbody>${rows}</tbody></table></section>`;
}

/** Money; where models have no price, tokens tell as much. */
const weight = ({ usd, inputTokens, outputTokens }: SpendSum): number =>
  usd || (inputTokens + outputTokens) / 1e9;

function sum(rows: readonly SpendSum[]): SpendSum {
  const total = (of: (row: SpendSum) => number): number => rows.reduce((all, row) => all + of(row), 0);
  return {
    key: 'all',
    inputTokens: total((row) => row.inputTokens),
    outputTokens: total((row) => row.outputTokens),
    usd: total((row) => row.usd),
  };
}
