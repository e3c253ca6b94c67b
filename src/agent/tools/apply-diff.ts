import { applyPatch, parsePatch, type StructuredPatch } from 'diff';
import { nearMatches } from './near-matches.ts';
import type { Patched } from './replace-exact.ts';

/** Applies a unified diff of one file. Wrong line numbers are mended by the context; wrong context is refused. */
export function applyDiff(text: string, diff: string): Patched {
  let patches: StructuredPatch[];
  try {
    patches = parsePatch(recounted(diff));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { status: 'refused', reason: `The diff can't be read: ${why}` };
  }
  const [patch, ...others] = patches.filter((one) => one.hunks.length > 0);
  if (!patch)
    return {
      status: 'refused',
      reason: 'The diff has no hunk: a hunk begins with a line like @@ -1,3 +1,4 @@.',
    };
  if (others.length > 0)
    return { status: 'refused', reason: 'The diff is of several files: send one call for each.' };
  const result = applyPatch(text, patch, { autoConvertLineEndings: true, fuzzFactor: 0 });
  if (result !== false) return { status: 'patched', text: result, places: patch.hunks.length };
  return { status: 'refused', reason: misfit(text, patch) };
}

/** Which hunk doesn't fit, and what the file has near it. */
function misfit(text: string, patch: StructuredPatch): string {
  const failing = patch.hunks.findIndex(
    (hunk) => applyPatch(text, { ...patch, hunks: [hunk] }, { autoConvertLineEndings: true }) === false,
  );
  const hunk = patch.hunks[Math.max(0, failing)];
  const old = (hunk?.lines ?? []).filter((line) => /^[ -]/.test(line)).map((line) => line.slice(1));
  const near = nearMatches(text, old.join('\n'));
  const which = failing < 0 ? 'Together the hunks' : `Hunk ${failing + 1}`;
  return `${which} doesn't fit the file: its context and removed lines must stand there exactly.${near === '' ? '' : `\n${near}`}`;
}

const header = /^@@ *(?:-(\d+)(?:,\d+)? \+(\d+)(?:,\d+)?)? *@@/;

/** Sets each hunk's line counts right, which models often get wrong, and gives empty context lines their blank back. */
function recounted(diff: string): string {
  const out: string[] = [];
  let body: string[] = [];
  let starts: readonly [string, string] | null = null;
  const flush = () => {
    if (!starts) return;
    while (body.at(-1) === ' ') body.pop();
    const count = (marks: RegExp) => body.filter((line) => marks.test(line)).length;
    out.push(`@@ -${starts[0]},${count(/^[ -]/)} +${starts[1]},${count(/^[ +]/)} @@`, ...body);
    body = [];
  };
  const lines = diff
    .replaceAll('\r\n', '\n')
    .replace(/^```\w*\n|\n```\s*$/g, '')
    .split('\n');
  for (const [index, line] of lines.entries()) {
    const found = header.exec(line);
    const nextFile = line.startsWith('--- ') && (lines[index + 1] ?? '').startsWith('+++ ');
    if (found || nextFile) {
      flush();
      starts = found ? [found[1] ?? '1', found[2] ?? '1'] : null;
    }
    if (found) continue;
    if (starts) body.push(line === '' ? ' ' : line);
    else if (/^(---|\+\+\+) /.test(line)) out.push(line);
  }
  flush();
  return `${out.join('\n')}\n`;
}
