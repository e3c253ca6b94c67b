import { queueOrder } from '../../../domain/merge-queue/queue-order.ts';
import { clockTime, duration } from '../layout/figures.ts';
import { type Html, html } from '../layout/html.ts';
import type { ConvoyMoment } from '../memory/convoy-memory.ts';
import { beadPath, convoyPath } from '../paths.ts';

/** How many waiting beads of a convoy are named. */
const waitingShown = 10;

/** The Refinery's queue in each convoy that has not ended: what waits to land, in order, and how the last verification went. */
export function queuePage(moments: readonly ConvoyMoment[]): Html {
  const busy = moments.filter(({ convoy }) => convoy.ended === null);
  return html`<h1>Merge queue</h1>
<p class="soft">The Refinery merges closed beads in this order, verifies the result, and lands what is green.</p>
${busy.length === 0 ? html`<p>No convoy is at work.</p>` : busy.map(queue)}`;
}

function queue({ convoy, events }: ConvoyMoment): Html {
  const waiting = queueOrder(convoy.beads);
  const more = waiting.length - waitingShown;
  const rows = waiting
    .slice(0, waitingShown)
    .map(
      (bead) =>
        html`<li><a href="${beadPath(convoy.stream, bead.number)}">${bead.number} ${bead.title}</a>${bead.held ? html` <span class="pill bad">held for approval</span>` : ''}</li>`,
    );
  const id = convoy.stream.replaceAll('/', '-');
  return html`<section class="panel" aria-labelledby="${id}"><h2 id="${id}"><a href="${convoyPath(convoy.stream)}">#${convoy.opened.issue} ${convoy.opened.title}</a></h2>
${rows.length === 0 ? html`<p class="soft">Nothing waits to land.</p>` : html`<ol class="queue">${rows}</ol>${more > 0 ? html`<p class="soft">and ${more} more</p>` : ''}`}
${verifications(events)}</section>`;
}

const shown = 6;

function verifications(events: ConvoyMoment['events']): Html {
  const lines = events.flatMap((event) => {
    if (event.type === 'VerificationStarted')
      return [{ at: event.at, tone: 'quiet', words: `verifies ${beads(event.data.beads)}` }];
    if (event.type === 'IntegrationVerified')
      return [
        {
          at: event.at,
          tone: 'good',
          words: `green after ${duration(event.data.durationMs)}: ${beads(event.data.beads)}`,
        },
      ];
    if (event.type === 'VerificationFailed')
      return [
        {
          at: event.at,
          tone: 'bad',
          words: `red after ${duration(event.data.durationMs)}: ${beads(event.data.beads)}`,
        },
      ];
    if (event.type === 'MergeConflicted')
      return [
        {
          at: event.at,
          tone: 'bad',
          words: `bead ${event.data.bead} conflicts in ${event.data.paths.join(', ')}`,
        },
      ];
    return [];
  });
  return html`<ol class="story">${lines
    .slice(-shown)
    .reverse()
    .map(
      ({ at, tone, words }) =>
        html`<li class="${tone}"><time datetime="${at}">${clockTime(at)}</time><span>${words}</span></li>`,
    )}</ol>`;
}

const beads = (numbers: readonly number[]): string =>
  numbers.length === 0 ? 'the base' : `bead ${numbers.join(', ')}`;
