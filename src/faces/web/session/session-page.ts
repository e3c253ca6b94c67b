import type { RecordedEvent } from '../../../domain/event.ts';
import { actorName } from '../../cli/story/actor-name.ts';
import { type Html, html } from '../layout/html.ts';
import { beadPath, convoyPath } from '../paths.ts';
import { sessionTurns } from './session-turns.ts';

/** One conversation on a page of its own. */
export function sessionPage(events: readonly RecordedEvent[]): Html {
  const [first] = events;
  if (first?.type !== 'SessionStarted') return html``;
  const { convoy, bead } = first.data;
  return html`<article>${trail(convoy, bead)}<h1>${actorName(first.actor)}</h1>${sessionTurns(events)}</article>`;
}

function trail(convoy: string | null, bead: number | null): Html {
  if (convoy === null) return html``;
  const issue = convoy.split('/').at(-1);
  return bead === null
    ? html`<p class="trail"><a href="${convoyPath(convoy)}">Convoy #${issue}</a></p>`
    : html`<p class="trail"><a href="${beadPath(convoy, bead)}">Bead ${issue}.${bead}</a></p>`;
}
