import type { Bead } from '../../../domain/bead/bead.ts';
import type { Convoy } from '../../../domain/convoy/state.ts';
import { dollars, duration } from '../layout/figures.ts';
import { type Html, html } from '../layout/html.ts';
import { beadPath } from '../paths.ts';
import { beadLook } from './looks.ts';
import type { Timeline } from './timeline/timeline.ts';

/** The beads as a list that needs no picture. */
export function beadTable(
  convoy: Convoy,
  beads: readonly Bead[],
  timeline: Timeline,
  at: number | null,
): Html {
  if (beads.length === 0) return html`<p class="soft">The Mayor has made none yet.</p>`;
  const rows = beads.map((bead) => {
    const look = beadLook(convoy.beads, bead);
    const spans = timeline.beads.get(bead.number)?.spans ?? [];
    const worked = spans
      .filter(({ kind }) => kind === 'work' || kind === 'failed')
      .reduce((sum, { from, to }) => sum + (to ?? timeline.to) - from, 0);
    return html`<tr><td class="number">${bead.number}</td>
<th scope="row"><a href="${beadPath(convoy.stream, bead.number, at)}">${bead.title}</a></th>
<td><span class="pill ${look.tone}">${look.words}</span></td>
<td class="wide">${bead.slung ? bead.topic : ''}</td><td class="wide">${bead.needs.join(', ')}</td>
<td class="figure wide">${worked === 0 ? '' : duration(worked)}</td>
<td class="figure">${dollars(convoy.spentByBead.get(bead.number)?.usd ?? 0)}</td></tr>
`;
  });
  return html`<table><thead><tr><th scope="col">No.</th><th scope="col">Bead</th><th scope="col">Standing</th><th scope="col" class="wide">Polecat</th><th scope="col" class="wide">Needs</th><th scope="col" class="figure wide">Worked</th><th scope="col" class="figure">Spent</th></tr></thead>
<tbody>${rows}</tbody></table>`;
}
