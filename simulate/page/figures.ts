/** Figures as people read them. */
export const number = (value: number): string =>
  value >= 100 || Number.isInteger(value)
    ? Math.round(value).toLocaleString('en')
    : value.toLocaleString('en', { maximumSignificantDigits: 2 });

export const share = (value: number): string => `${number(value * 100)} %`;

/** Seconds in the unit that fits. */
export function duration(seconds: number): string {
  if (seconds < 1) return '0 s';
  if (seconds < 90) return `${number(Math.round(seconds))} s`;
  if (seconds < 90 * 60) return `${number(Math.round(seconds / 60))} min`;
  if (seconds < 48 * 3600) return `${number(seconds / 3600)} h`;
  return `${number(seconds / 86_400)} days`;
}

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
