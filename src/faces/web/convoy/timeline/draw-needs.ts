import type { Bead } from '../../../../domain/bead/bead.ts';
import { type Html, html } from '../../layout/html.ts';
import { barMiddle } from './rows.ts';
import type { TimeScale } from './time-scale.ts';
import type { Timeline } from './timeline.ts';

interface Drawing {
  /** Those that have a row, in order. */
  readonly beads: readonly Bead[];
  readonly timeline: Timeline;
  readonly scale: TimeScale;
  /** Of the first bead, among all rows. */
  readonly firstRow: number;
}

/** For each need that was delivered: down from its end to the row of what needed it, then on to where that began. */
export function drawNeeds({ beads, timeline, scale, firstRow }: Drawing): Html {
  const rowOf = new Map(beads.map((bead, index) => [bead.number, firstRow + index]));
  const lines = beads.flatMap((bead) => {
    const to = rowOf.get(bead.number);
    const began = timeline.beads.get(bead.number)?.spans[0]?.from;
    return bead.needs.flatMap((need) => {
      const from = rowOf.get(need);
      const delivered = timeline.beads.get(need)?.deliveredAt ?? null;
      if (from === undefined || to === undefined || delivered === null) return [];
      const x = scale.percent(delivered).toFixed(2);
      const on = began === undefined ? [] : [across(x, scale.percent(began).toFixed(2), barMiddle(to))];
      return [html`<line x1="${x}%" x2="${x}%" y1="${barMiddle(from)}" y2="${barMiddle(to)}"></line>`, ...on];
    });
  });
  return html`<g class="needs" aria-hidden="true">${lines}</g>`;
}

const across = (from: string, to: string, y: number): Html =>
  html`<line x1="${from}%" x2="${to}%" y1="${y}" y2="${y}"></line>`;
