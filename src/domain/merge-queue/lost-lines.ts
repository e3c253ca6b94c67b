/** Lines are compared without the space around them, so that a change of indentation loses nothing. */
const plain = (line: string): string => line.trim().replaceAll(/\s+/g, ' ');

/** A line of brackets and punctuation alone says nothing that could be lost. */
const says = (line: string): boolean => /[\p{L}\p{N}]/u.test(line);

const linesOf = (text: string): readonly string[] => text.split('\n').map(plain);

/** The lines that a side added to a file, in order; a line that stood there before is added only if it stands more often. */
export function addedLines(base: string, side: string): readonly string[] {
  const left = new Map<string, number>();
  for (const line of linesOf(base)) left.set(line, (left.get(line) ?? 0) + 1);
  return linesOf(side).filter((line) => {
    const count = left.get(line) ?? 0;
    if (count > 0) left.set(line, count - 1);
    return count === 0 && says(line);
  });
}

/** Of the lines that a side added, those that stand nowhere in the results. */
export function lostLines(base: string, side: string, results: readonly string[]): readonly string[] {
  const kept = new Set(results.flatMap(linesOf));
  return [...new Set(addedLines(base, side))].filter((line) => !kept.has(line));
}

/** Of some lines, those that a text doesn't quote. */
export function unnamedLines(lines: readonly string[], text: string): readonly string[] {
  const words = plain(text.replaceAll('\n', ' '));
  return lines.filter((line) => !words.includes(line));
}
