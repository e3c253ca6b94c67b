import type { Bead } from '../../../../domain/bead/bead.ts';
import type { Convoy } from '../../../../domain/convoy/state.ts';
import { duration } from '../../layout/figures.ts';
import { type Html, html } from '../../layout/html.ts';
import { beadLook } from '../looks.ts';
import { drawNeeds } from './draw-needs.ts';
import { rowHeight, top } from './rows.ts';
import { type TimeScale, timeScale } from './time-scale.ts';
import type { Span, Timeline } from './timeline.ts';

interface Row {
  readonly label: string;
  readonly href: string | null;
  readonly tone: string;
  readonly words: string;
  readonly spans: readonly Span[];
  readonly deliveredAt: number | null;
}

/** Some of a convoy's beads over time: a row each with who worked on it when, and lines from what was needed to what needed it. */
export function drawTimeline(
  convoy: Convoy,
  beads: readonly Bead[],
  timeline: Timeline,
  hrefOf: (bead: number) => string,
): Html {
  const scale = timeScale(timeline);
  const rows: Row[] = [
    ...agentRow('Mayor', timeline.mayor),
    ...beads.map((bead): Row => {
      const look = beadLook(convoy.beads, bead);
      const line = timeline.beads.get(bead.number);
      return {
        label: `${bead.number} ${bead.title}`,
        href: hrefOf(bead.number),
        tone: look.tone,
        words: look.words,
        spans: line?.spans ?? [],
        deliveredAt: line?.deliveredAt ?? null,
      };
    }),
    ...agentRow('Refinery', timeline.refinery),
  ];
  const height = top + rows.length * rowHeight + 6;
  const firstBead = timeline.mayor.length > 0 ? 1 : 0;
  return html`<svg class="timeline" role="group" aria-label="Beads over time" width="100%" height="${height}">
${axis(scale, height)}${drawNeeds({ beads, timeline, scale, firstRow: firstBead, height })}
${rows.map((row, index) => drawRow(row, index, scale, timeline.to))}
</svg>`;
}

function agentRow(label: string, spans: readonly Span[]): readonly Row[] {
  if (spans.length === 0) return [];
  return [{ label, href: null, tone: 'agent', words: '', spans, deliveredAt: null }];
}

function axis({ percent, ticks, cuts }: TimeScale, height: number): Html {
  const marks = ticks.map((at) => {
    const x = percent(at).toFixed(2);
    const anchor = Number(x) > 92 ? 'end' : Number(x) < 4 ? 'start' : 'middle';
    const label = new Date(at).toISOString().slice(11, 19);
    return html`<line class="grid" x1="${x}%" x2="${x}%" y1="22" y2="${height}"></line><text class="tick" x="${x}%" y="14" text-anchor="${anchor}">${label}</text>`;
  });
  const gaps = cuts.map(
    ({ at, ms }) =>
      html`<line class="cut" x1="${at.toFixed(2)}%" x2="${at.toFixed(2)}%" y1="22" y2="${height}"><title>${duration(ms)} in which nobody worked</title></line>`,
  );
  return html`<g aria-hidden="true">${marks}${gaps}</g>`;
}

function drawRow(row: Row, index: number, scale: TimeScale, end: number): Html {
  const y = top + index * rowHeight;
  const label = html`<text class="label" x="0" y="${y + 14}">${row.label}</text>`;
  const standing =
    row.words === ''
      ? ''
      : html`<text class="standing ${row.tone}" x="100%" y="${y + 14}" text-anchor="end">${row.words}</text>`;
  const bars = row.spans.map((span) => drawSpan(span, y + 22, scale, end));
  const mark =
    row.deliveredAt === null
      ? ''
      : html`<circle class="landed" cx="${scale.percent(row.deliveredAt).toFixed(2)}%" cy="${y + 28}" r="5"><title>delivered</title></circle>`;
  const name = row.href === null ? label : html`<a href="${row.href}">${label}</a>`;
  return html`<g class="row"><rect class="lane" x="0" y="${y + 22}" width="100%" height="12" rx="6"></rect>${bars}${mark}${name}${standing}</g>
`;
}

/** The least that a bar is wide, in percent of the drawing. */
const leastWidth = 0.6;

function drawSpan({ kind, from, to, words }: Span, y: number, { percent }: TimeScale, end: number): Html {
  const x = percent(from);
  const width = Math.max(leastWidth, percent(to ?? end) - x);
  const left = Math.min(x, 100 - width);
  const took = duration((to ?? end) - from);
  return html`<rect class="span ${kind}${to === null ? ' now' : ''}" x="${left.toFixed(2)}%" y="${y}" width="${width.toFixed(2)}%" height="12" rx="4"><title>${words}, ${took}${to === null ? ' so far' : ''}</title></rect>`;
}
