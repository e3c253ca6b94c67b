import { isDelivered } from '../../../domain/bead/derive.ts';
import type { Convoy } from '../../../domain/convoy/state.ts';
import { dayAndTime, dollars, duration, shortCount } from '../layout/figures.ts';
import { type Html, html } from '../layout/html.ts';
import type { ConvoyMoment } from '../memory/convoy-memory.ts';
import { beadPath, sessionPath } from '../paths.ts';
import { sayForm } from '../say/say-form.ts';
import { markdown } from '../text/markdown.ts';
import { type BeadPart, partLinks } from './bead-part.ts';
import { beadTable } from './bead-table.ts';
import { convoyLook } from './looks.ts';
import { recentStory } from './recent-story.ts';
import { timeSlider } from './time-slider.ts';
import { drawTimeline } from './timeline/draw-timeline.ts';
import { readTimeline } from './timeline/read-timeline.ts';
import type { Rest } from './timeline/timeline.ts';

export interface ConvoyPageOptions {
  /** The beads that it shows. */
  readonly part: BeadPart;
  /** Milliseconds since 1970: the end of what goes on. */
  readonly now: number;
  readonly mayWrite: boolean;
  readonly restsOf: (session: string) => readonly Rest[];
}

/** One convoy: how it stands, its beads over time, what happened last. Of a moment of the past it shows what was known then. */
export function convoyPage(moment: ConvoyMoment, { part, now, mayWrite, restsOf }: ConvoyPageOptions): Html {
  const { convoy, events, version, newest } = moment;
  const at = version === newest ? null : version;
  const timeline = readTimeline(events, at === null ? now : null, restsOf);
  const look = convoyLook(convoy);
  const { opened } = convoy;
  const parts = partLinks(convoy, part, at);
  return html`<article>
<div class="row title"><h1><span class="number">#${opened.issue}</span> ${opened.title}</h1><span class="pill ${look.tone}">${look.words}</span></div>
${facts(convoy, timeline.to - timeline.from)}
${convoy.ended?.reason ? html`<p class="notice">${convoy.ended.reason}</p>` : ''}
${timeSlider(moment, part)}
<section aria-labelledby="over-time"><h2 id="over-time">Beads over time</h2>
<div class="panel">${drawTimeline(convoy, part.beads, timeline, (bead) => beadPath(convoy.stream, bead, at))}</div>
${legend()}${parts}</section>
<section class="later" aria-labelledby="beads"><h2 id="beads">Beads</h2>${beadTable(convoy, part.beads, timeline, at)}${parts}</section>
${agents(convoy)}
${at === null && mayWrite ? sayForm(convoy.stream, null) : ''}
<section class="later" aria-labelledby="last"><h2 id="last">What happened last</h2>${recentStory(events)}</section>
<section class="later" aria-labelledby="order"><h2 id="order">The order</h2><div class="panel">${opened.body.trim() === '' ? html`<p class="soft">The title says it all.</p>` : markdown(opened.body)}</div></section>
</article>`;
}

function facts(convoy: Convoy, ms: number): Html {
  const { opened, spent, budgetUsd, pullRequest } = convoy;
  const all = [...convoy.beads.values()];
  const cap = budgetUsd === null ? '' : ` of ${dollars(budgetUsd)}`;
  return html`<dl class="facts">
<div><dt>Repository</dt><dd>${opened.repository.owner}/${opened.repository.name}</dd></div>
<div><dt>Ordered</dt><dd><time datetime="${convoy.openedAt}">${dayAndTime(convoy.openedAt)}</time> by ${opened.labelledBy}</dd></div>
<div><dt>Beads</dt><dd>${all.filter(isDelivered).length} of ${all.length} landed</dd></div>
<div><dt>Spent</dt><dd>${dollars(spent.usd)}${cap} · ${shortCount(spent.inputTokens + spent.outputTokens)} tokens</dd></div>
<div><dt>Took</dt><dd>${duration(ms)}</dd></div>
<div><dt>Verification</dt><dd>${verification(convoy)}</dd></div>
<div><dt>Pull request</dt><dd>${pullRequest === null ? 'none yet' : pullRequestLink(pullRequest)}</dd></div>
</dl>`;
}

function pullRequestLink({ number, url }: { readonly number: number; readonly url: string }): Html {
  return /^https?:\/\//.test(url) ? html`<a href="${url}" rel="noreferrer">#${number}</a>` : html`#${number}`;
}

function verification({ verified, red }: Convoy): string {
  if (red !== null) return `failed after ${duration(red.durationMs)}`;
  if (verified === null || verified.command === null) return 'nothing was run yet';
  return `passed after ${duration(verified.durationMs)}`;
}

function legend(): Html {
  const kinds = [
    ['work', 'a polecat at work'],
    ['failed', 'an attempt that came to nothing'],
    ['waiting', 'waits to land, or for beads'],
    ['check', 'verification'],
    ['red', 'verification failed'],
    ['agent', 'Mayor, Refinery'],
  ] as const;
  return html`<ul class="legend">${kinds.map(
    ([kind, words]) =>
      html`<li><svg aria-hidden="true" width="18" height="10"><rect class="span ${kind}" width="18" height="10" rx="3"></rect></svg>${words}</li>`,
  )}</ul>`;
}

/** Conversations that belong to no bead. */
function agents({ mayor, refinery }: Convoy): Html {
  const sessions = [
    ...(mayor === null ? [] : [{ session: mayor.session, name: 'Mayor', words: 'splits the order' }]),
    ...refinery.map(({ session, why }) => ({ session, name: 'Refinery', words: why })),
  ];
  if (sessions.length === 0) return html``;
  return html`<section aria-labelledby="agents"><h2 id="agents">Conversations</h2><ul class="plain">${sessions.map(
    ({ session, name, words }) =>
      html`<li><a href="${sessionPath(session)}">${name}</a> <span class="soft">${words}</span></li>`,
  )}</ul></section>`;
}
