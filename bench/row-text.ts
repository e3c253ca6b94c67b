import { isAbsolute, isMet, measuredOf, type Row } from './row.ts';

/** A row as people read it: what was measured, against what, and what it should be. */
export interface RowText {
  readonly figure: string;
  readonly target: string;
  readonly met: string;
}

export function rowText(row: Row): RowText {
  const measured = short(measuredOf(row));
  return {
    figure: isAbsolute(row)
      ? `${measured} ${row.unit}`
      : `${measured} × ${row.reference.name} (${short(row.value)} to ${short(row.reference.value)} ${row.unit})`,
    target: `${row.better === 'lower' ? 'at most' : 'at least'} ${row.target}`,
    met: isMet(row) ? 'met' : 'not met',
  };
}

export function rowLine(row: Row): string {
  const { figure, target, met } = rowText(row);
  return `${row.name.padEnd(32)} ${figure.padEnd(72)} ${target.padEnd(16)} ${met}`;
}

/** Three digits that count. */
function short(value: number): string {
  const digits = Math.max(3, String(Math.trunc(Math.abs(value))).length);
  return Number(value.toPrecision(digits)).toLocaleString('en', { maximumSignificantDigits: digits });
}
