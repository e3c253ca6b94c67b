interface Near {
  /** 1 for the first line. */
  readonly line: number;
  readonly alike: number;
}

const maxShown = 3;
const leastAlike = 0.5;

/**
 * Where a text has lines most like the ones that were looked for and not found: the places, the lines as they really are,
 * and whether blanks alone make the difference. Empty when nothing is like them.
 */
export function nearMatches(text: string, sought: string): string {
  const lines = text.split('\n');
  const wanted = sought.replace(/\n$/, '').split('\n').map(squeezed);
  const found: Near[] = [];
  for (let start = 0; start + wanted.length <= lines.length; start += 1) {
    const same = wanted.filter((line, offset) => line === squeezed(lines[start + offset] ?? '')).length;
    found.push({ line: start + 1, alike: same / wanted.length });
  }
  const best = found
    .filter((near) => near.alike >= leastAlike)
    .sort((a, b) => b.alike - a.alike || a.line - b.line)
    .slice(0, maxShown);
  return best.map((near) => describe(lines, near, wanted.length)).join('\n');
}

function describe(lines: readonly string[], near: Near, length: number): string {
  const how =
    near.alike === 1 ? 'only blanks differ' : `${Math.round(near.alike * 100)} % of the lines agree`;
  const actual = lines.slice(near.line - 1, near.line - 1 + Math.min(length, 12)).join('\n');
  return `Near line ${near.line} (${how}):\n${actual}`;
}

const squeezed = (line: string): string => line.replaceAll(/\s+/g, ' ').trim();
