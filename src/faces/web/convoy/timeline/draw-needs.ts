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
  /** Of the drawing, in pixels. */
  readonly height: number;
}

/**
 * For each need that was delivered: down from its end to the row of what needed it, then on to where that began. All of them
 * are one path, as wide as the drawing is: a browser takes as long for a line as for a path.
 */
export function drawNeeds({ beads, timeline, scale, firstRow, height }: Drawing): Html {
  const rowOf = new Map(beads.map((bead, index) => [bead.number, firstRow + index]));
  const lines = beads.flatMap((bead) => {
    const to = rowOf.get(bead.number);
    const began = timeline.beads.get(bead.number)?.spans[0]?.from;
    return bead.needs.flatMap((need) => {
      const from = rowOf.get(need);
      const delivered = timeline.beads.get(need)?.deliveredAt ?? null;
      if (from === undefined || to === undefined || delivered === null) return [];
      const down = `M${scale.percent(delivered).toFixed(2)} ${barMiddle(from)}V${barMiddle(to)}`;
      return began === undefined ? [down] : [`${down}H${scale.percent(began).toFixed(2)}`];
    });
  });
  if (lines.length === 0) return html``;
  return html`<svg class="needs" aria-hidden="true" width="100%" height="${height}" viewBox="0 0 100 ${height}" preserveAspectRatio="none"><path d="${lines.join('')}" vector-effect="non-scaling-stroke"></path></svg>`;
}
