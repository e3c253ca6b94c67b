import { onOneLine } from '../view/for-terminal.ts';

/** Rows as columns of text, each as wide as its widest cell but no wider than `width`. */
export function formatRows(
  rows: readonly Readonly<Record<string, unknown>>[],
  columns: readonly string[] = Object.keys(rows[0] ?? {}),
  width = 44,
): string {
  const lines = [columns, ...rows.map((row) => columns.map((column) => cell(row[column], width)))];
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => line[index]?.length ?? 0)));
  return lines
    .map(
      (line) =>
        `${line
          .map((text, index) => text.padEnd(widths[index] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

function cell(value: unknown, width: number): string {
  return value === null || value === undefined ? '' : onOneLine(String(value), width);
}
