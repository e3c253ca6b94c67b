import type { ConvoyPage, ConvoySummary } from '../../../ledger/queries/list-convoys.ts';
import { dayAndTime, dollars, plural, shortCount } from '../layout/figures.ts';
import { type Html, html } from '../layout/html.ts';
import { convoyPath } from '../paths.ts';

/** How many convoys stand on one page: about two screens, since what is below them has to be made before the first is seen. */
export const convoysAPage = 12;

/** The first page: every convoy, the newest first. `page` counts from 1. */
export function convoysPage({ convoys, count }: ConvoyPage, page: number): Html {
  if (count === 0) return emptyTown();
  return html`<h1>Convoys</h1>
<ul class="cards" id="convoys">${convoys.map(card)}</ul>
${pages(page, Math.ceil(count / convoysAPage))}`;
}

function emptyTown(): Html {
  return html`<section class="empty"><h1>No convoy was ordered yet</h1>
<p>Label an issue <strong>convoy</strong>, or order one at the terminal:</p>
<pre tabindex="0"><code>gastown run "what to build" --workspace .</code></pre></section>`;
}

const tones: Readonly<Record<ConvoySummary['status'], readonly [tone: string, words: string]>> = {
  open: ['working', 'at work'],
  paused: ['waiting', 'paused'],
  in_review: ['good', 'in review'],
  landed: ['good', 'landed'],
  cancelled: ['bad', 'cancelled'],
  failed: ['bad', 'failed'],
};

function card(convoy: ConvoySummary): Html {
  const [tone, words] = tones[convoy.status];
  return html`<li class="card" id="${convoy.convoy.replaceAll('/', '-')}">
<div class="row"><h2><a href="${convoyPath(convoy.convoy)}"><span class="number">#${convoy.issue}</span> ${convoy.title}</a></h2><span class="pill ${tone}">${words}</span></div>
${meter(convoy)}
<dl class="facts">
<div><dt>Repository</dt><dd>${convoy.repository}</dd></div>
<div><dt>Beads</dt><dd>${convoy.landed} of ${convoy.beads} landed</dd></div>
<div><dt>Spent</dt><dd>${dollars(convoy.usd)} · ${shortCount(convoy.tokens)} tokens</dd></div>
<div><dt>Ordered</dt><dd><time datetime="${convoy.opened}">${dayAndTime(convoy.opened)}</time> by ${convoy.labelled_by}</dd></div>
${convoy.pull_request === null ? '' : html`<div><dt>Pull request</dt><dd>#${convoy.pull_request}</dd></div>`}
</dl></li>
`;
}

/** How far the beads are, as one bar. */
function meter({ beads, landed, closed, working, blocked }: ConvoySummary): Html {
  const parts = [
    ['good', landed],
    ['waiting', closed],
    ['working', working],
    ['bad', blocked],
  ] as const;
  const words = `${plural(beads, 'bead')}: ${landed} landed, ${closed} waiting to land, ${working} being worked, ${blocked} blocked`;
  let x = 0;
  const bars = parts.map(([tone, count]) => {
    const width = beads === 0 ? 0 : (100 * count) / beads;
    const bar = html`<rect class="${tone}" x="${x.toFixed(2)}%" y="0" width="${width.toFixed(2)}%" height="8"></rect>`;
    x += width;
    return width === 0 ? '' : bar;
  });
  return html`<svg class="meter" role="img" aria-label="${words}" width="100%" height="8"><rect class="lane" width="100%" height="8"></rect>${bars}</svg>`;
}

function pages(page: number, last: number): Html {
  if (last <= 1) return html``;
  return html`<nav class="pages" aria-label="Pages">
${page > 1 ? html`<a rel="prev" href="/?page=${page - 1}">Newer</a>` : ''}
<span>Page ${page} of ${last}</span>
${page < last ? html`<a rel="next" href="/?page=${page + 1}">Older</a>` : ''}
</nav>`;
}
