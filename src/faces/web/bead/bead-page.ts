import type { Bead } from '../../../domain/bead/bead.ts';
import { issueNumberOf } from '../../../domain/convoy/mirror-receipts.ts';
import type { Convoy } from '../../../domain/convoy/state.ts';
import { beadLook } from '../convoy/looks.ts';
import { clockTime, dollars, shortCount } from '../layout/figures.ts';
import { type Html, html } from '../layout/html.ts';
import type { ConvoyMoment } from '../memory/convoy-memory.ts';
import { beadPath, convoyPath } from '../paths.ts';
import { sayForm } from '../say/say-form.ts';
import { markdown } from '../text/markdown.ts';
import { type Diff, diffView } from './diff-view.ts';

export interface BeadPageOptions {
  readonly mayWrite: boolean;
  /** Null where there is no change to show, or its commits are gone. */
  readonly diff: Diff | null;
  /** Its conversations, turn by turn. */
  readonly sessions: readonly Html[];
}

/** One bead: what was asked, how it went attempt by attempt, what came out of it. */
export function beadPage(
  moment: ConvoyMoment,
  bead: Bead,
  { mayWrite, diff, sessions }: BeadPageOptions,
): Html {
  const { convoy, version, newest } = moment;
  const at = version === newest ? null : version;
  const look = beadLook(convoy.beads, bead);
  return html`<article>
<p class="trail"><a href="${convoyPath(convoy.stream, at)}">#${convoy.opened.issue} ${convoy.opened.title}</a></p>
<div class="row title"><h1><span class="number">${convoy.opened.issue}.${bead.number}</span> ${bead.title}</h1><span class="pill ${look.tone}">${look.words}</span></div>
${facts(convoy, bead, at)}
${bead.blockedBecause ? html`<p class="notice">${bead.blockedBecause}</p>` : ''}
${bead.held ? html`<p class="notice">Its change touches ${bead.held.paths.join(', ')}. It lands when a person says <code>/approve ${bead.held.hash}</code>.</p>` : ''}
<div class="columns"><section aria-labelledby="what"><h2 id="what">What to do</h2><div class="panel">${markdown(bead.description || 'The title says it all.')}</div></section>
${bead.acceptance === '' ? '' : html`<section aria-labelledby="done"><h2 id="done">Done when</h2><div class="panel">${markdown(bead.acceptance)}</div></section>`}</div>
${notes(bead)}${failures(bead)}
<section class="later" aria-labelledby="conversation"><h2 id="conversation">Conversation, turn by turn</h2>${sessions.length === 0 ? html`<p class="soft">Nobody has worked on it yet.</p>` : sessions}</section>
<section class="later" aria-labelledby="change"><h2 id="change">Change</h2>${change(bead, diff)}</section>
${at === null && mayWrite ? sayForm(convoy.stream, bead.number) : ''}
</article>`;
}

function facts(convoy: Convoy, bead: Bead, at: number | null): Html {
  const spent = convoy.spentByBead.get(bead.number);
  const issue = issueNumberOf(convoy, bead.number);
  const neededBy = [...convoy.beads.values()].filter(({ needs }) => needs.includes(bead.number));
  const links = (numbers: readonly number[]): Html =>
    numbers.length === 0
      ? html`nothing`
      : html`${numbers.map((number, index) => html`${index > 0 ? ', ' : ''}<a href="${beadPath(convoy.stream, number, at)}">${number}</a>`)}`;
  return html`<dl class="facts">
<div><dt>Polecat</dt><dd>${bead.slung ? bead.topic : 'nobody'}</dd></div>
<div><dt>Needs</dt><dd>${links(bead.needs)}</dd></div>
<div><dt>Needed by</dt><dd>${links(neededBy.map(({ number }) => number))}</dd></div>
<div><dt>Attempts</dt><dd>${bead.attempts}</dd></div>
<div><dt>Spent</dt><dd>${dollars(spent?.usd ?? 0)} · ${shortCount((spent?.inputTokens ?? 0) + (spent?.outputTokens ?? 0))} tokens</dd></div>
${issue === null ? '' : html`<div><dt>Issue</dt><dd>#${issue}</dd></div>`}
${bead.landedAs === null ? '' : html`<div><dt>Landed as</dt><dd><code>${bead.landedAs.slice(0, 9)}</code></dd></div>`}
</dl>`;
}

function notes({ notes }: Bead): Html {
  if (notes.length === 0) return html``;
  return html`<section aria-labelledby="notes"><h2 id="notes">Notes</h2><ul class="plain">${notes.map(
    ({ by, text, at }) =>
      html`<li><span class="soft">${by.replace(':', ' ')}, <time datetime="${at}">${clockTime(at)}</time></span>${markdown(text)}</li>`,
  )}</ul></section>`;
}

function failures({ failures }: Bead): Html {
  if (failures.length === 0) return html``;
  return html`<section aria-labelledby="failures"><h2 id="failures">Attempts that came to nothing</h2>${failures.map(
    ({ attempt, how, reason, detail }) =>
      html`<details class="panel"><summary>Attempt ${attempt} was ${how}: ${reason}</summary><pre tabindex="0">${detail}</pre></details>`,
  )}</section>`;
}

function change({ outcome }: Bead, diff: Diff | null): Html {
  if (outcome === null) return html`<p class="soft">There is none yet.</p>`;
  if (outcome.kind === 'no-changes') return html`<p>Closed without a change: ${outcome.reason}</p>`;
  if (diff === null)
    return html`<p class="soft">Commit <code>${outcome.commit.slice(0, 9)}</code> is not kept here any more.</p>`;
  return diffView(diff);
}
