import { clockTime } from '../layout/figures.ts';
import { type Html, html } from '../layout/html.ts';
import type { ConvoyMoment } from '../memory/convoy-memory.ts';
import { convoyPath } from '../paths.ts';
import type { BeadPart } from './bead-part.ts';

/** Chooses the event after which the convoy is shown. A form, so that it works without scripts; with them it follows the hand. */
export function timeSlider({ convoy, events, version, newest }: ConvoyMoment, part: BeadPart): Html {
  const event = events.at(-1);
  const path = convoyPath(convoy.stream);
  const isNow = version === newest;
  // Another moment of the same beads, where not all of them are shown.
  const beads = part.pages > 1 ? part.page : null;
  const step = (at: number): string => `${path}?at=${at}${beads === null ? '' : `&beads=${beads}`}`;
  const words = event === undefined ? '' : `${clockTime(event.at)} · ${event.type}`;
  return html`<form class="slider" method="get" action="${path}" data-slider aria-label="Moment shown">
<a class="step" href="${step(Math.max(1, version - 1))}" aria-label="One event earlier">‹</a>
${beads === null ? '' : html`<input type="hidden" name="beads" value="${beads}">`}<input type="range" name="at" min="1" max="${newest}" value="${version}" aria-label="Event after which the convoy is shown" aria-valuetext="event ${version} of ${newest}, ${words}">
<a class="step" href="${step(Math.min(newest, version + 1))}" aria-label="One event later">›</a>
<button type="submit" data-without-script>Show</button>
<output>event ${version} of ${newest} · ${words}</output>
${isNow ? html`<span class="pill good">now</span>` : html`<a class="pill waiting" href="${path}">back to now</a>`}
</form>`;
}
