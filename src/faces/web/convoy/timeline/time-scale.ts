import type { Span, Timeline } from './timeline.ts';

export interface TimeScale {
  /** Where a time lies, in percent of the width. */
  percent(at: number): number;
  /** Times with a label, a few. */
  readonly ticks: readonly number[];
  /** Stretches in which nobody worked, drawn short: their middle in percent, and how long they were in ms. */
  readonly cuts: readonly { readonly at: number; readonly ms: number }[];
}

/** A stretch without work is cut when it is longer than this share of the time worked, and gets this share of the width. */
const cutFrom = 0.25;
const cutWidth = 0.04;

interface Piece {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
  readonly idle: boolean;
}

/** Time from left to right; long stretches in which nobody worked (a night before a review) are cut short. */
export function timeScale(timeline: Timeline): TimeScale {
  const pieces = piecesOf(timeline);
  const total = pieces.reduce((sum, { weight }) => sum + weight, 0) || 1;
  const percent = (at: number): number => {
    let before = 0;
    for (const { from, to, weight } of pieces) {
      if (at <= to) return (100 * (before + weight * share(at, from, to))) / total;
      before += weight;
    }
    return 100;
  };
  const cuts = pieces
    .filter(({ idle }) => idle)
    .map(({ from, to }) => ({ at: (percent(from) + percent(to)) / 2, ms: to - from }));
  return { percent, ticks: ticksOf(pieces), cuts };
}

const share = (at: number, from: number, to: number): number =>
  to === from ? 0 : Math.min(1, Math.max(0, (at - from) / (to - from)));

function piecesOf({ from, to, mayor, refinery, beads }: Timeline): readonly Piece[] {
  const spans: Span[] = [mayor, refinery, ...[...beads.values()].map((line) => line.spans)].flat();
  const busy = spans
    .filter(({ kind }) => kind !== 'waiting')
    .map((span) => [span.from, span.to ?? to] as const)
    .sort((a, b) => a[0] - b[0]);
  const gaps: { from: number; to: number }[] = [];
  let reached = from;
  for (const [begin, finish] of [...busy, [to, to] as const]) {
    if (begin > reached) gaps.push({ from: reached, to: begin });
    reached = Math.max(reached, finish);
  }
  const idleMs = gaps.reduce((sum, gap) => sum + gap.to - gap.from, 0);
  const workedMs = Math.max(1, to - from - idleMs);
  const cut = gaps.filter((gap) => gap.to - gap.from > workedMs * cutFrom && gap.to - gap.from > 30_000);
  return withCuts(from, to, cut);
}

function withCuts(from: number, to: number, cuts: readonly { from: number; to: number }[]): readonly Piece[] {
  const kept = to - from - cuts.reduce((sum, cut) => sum + cut.to - cut.from, 0);
  const idle = Math.max(1, kept * cutWidth);
  const pieces: Piece[] = [];
  let reached = from;
  for (const cut of cuts) {
    if (cut.from > reached)
      pieces.push({ from: reached, to: cut.from, weight: cut.from - reached, idle: false });
    pieces.push({ ...cut, weight: idle, idle: true });
    reached = cut.to;
  }
  if (to > reached || pieces.length === 0)
    pieces.push({ from: reached, to, weight: to - reached || 1, idle: false });
  return pieces;
}

const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 43_200, 86_400];
const ticksWanted = 6;

/** Round times of the day within the stretches that are drawn whole. */
function ticksOf(pieces: readonly Piece[]): readonly number[] {
  const whole = pieces.filter(({ idle }) => !idle);
  const length = whole.reduce((sum, { from, to }) => sum + to - from, 0);
  const wanted = length / ticksWanted;
  const step = 1_000 * (steps.find((seconds) => seconds * 1_000 >= wanted) ?? 86_400);
  return whole.flatMap(({ from, to }) => {
    const first = Math.ceil(from / step) * step;
    return Array.from(
      { length: Math.max(0, Math.floor((to - first) / step) + 1) },
      (_, index) => first + index * step,
    );
  });
}
