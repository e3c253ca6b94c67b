/** $0.0123 below a dollar, $12.34 from there on. */
export const dollars = (usd: number): string => `$${usd.toFixed(usd < 1 ? 4 : 2)}`;

/** 950, 12.3k, 4.5M. */
export function shortCount(count: number): string {
  if (count < 1_000) return String(count);
  return count < 1_000_000 ? `${(count / 1_000).toFixed(1)}k` : `${(count / 1_000_000).toFixed(1)}M`;
}

/** 850 ms, 12 s, 3 min 20 s, 2 h 5 min. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** 14:03:07, of an ISO 8601 time in UTC. */
export const clockTime = (at: string): string => at.slice(11, 19);

/** 2026-05-17 14:03, of an ISO 8601 time in UTC. */
export const dayAndTime = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)}`;

export const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
