import type { RecordedEvent } from '../../../domain/event.ts';
import { Storyteller } from '../../cli/story/storyteller.ts';
import { clockTime } from '../layout/figures.ts';
import { type Html, html } from '../layout/html.ts';

const linesShown = 40;
/** Many events have nothing to tell. */
const eventsTold = 400;

/** The last things that happened, the newest first, in the words of the terminal. */
export function recentStory(events: readonly RecordedEvent[]): Html {
  const storyteller = new Storyteller();
  for (const event of events.slice(0, -eventsTold)) storyteller.recall(event);
  const lines = events
    .slice(-eventsTold)
    .flatMap((event) =>
      storyteller.tell(event).map((line) => ({ ...line, at: event.at, version: event.version })),
    );
  const shown = lines.slice(-linesShown).reverse();
  if (shown.length === 0) return html`<p class="soft">Nothing yet.</p>`;
  return html`<ol class="story">${shown.map(
    ({ at, who, text, tone, body }) =>
      html`<li class="${tone}"><time datetime="${at}">${clockTime(at)}</time><span class="who">${who}</span><span>${text}${body ? html`<details><summary>more</summary><pre tabindex="0">${body}</pre></details>` : ''}</span></li>
`,
  )}</ol>`;
}
