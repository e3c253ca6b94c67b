import type { Rest, Span } from './timeline.ts';

/** An agent's span with the times at which its session was suspended set apart; `words` tell of those. */
export function splitByRests(span: Span, rests: readonly Rest[], words: string): readonly Span[] {
  const pieces: Span[] = [];
  let at = span.from;
  for (const rest of rests) {
    if (rest.from < at || (span.to !== null && rest.from >= span.to)) continue;
    if (rest.from > at) pieces.push({ ...span, from: at, to: rest.from });
    const to = earlier(rest.to, span.to);
    pieces.push({ kind: 'waiting', from: rest.from, to, words });
    if (to === span.to) return pieces;
    at = to ?? at;
  }
  return [...pieces, { ...span, from: at }];
}

/** Null is later than any time. */
const earlier = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.min(a, b);
