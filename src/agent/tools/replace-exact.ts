import { nearMatches } from './near-matches.ts';

export type Patched =
  | { readonly status: 'patched'; readonly text: string; readonly places: number }
  | { readonly status: 'refused'; readonly reason: string };

/** Replaces a text that stands in a file exactly once, or everywhere with `all`. */
export function replaceExact(text: string, old: string, replacement: string, all: boolean): Patched {
  if (old === '') return refused('The text to replace is empty: write new files with write_file.');
  if (old === replacement) return refused('Both texts are the same: nothing would change.');
  // Models write line feeds alone, whatever the file has.
  const returns = text.includes('\r\n') && !old.includes('\r\n');
  const [sought, put] = returns ? [withReturns(old), withReturns(replacement)] : [old, replacement];
  const starts = placesOf(text, sought);
  if (starts.length === 0) {
    const near = nearMatches(text, old);
    return refused(`The text to replace is not in the file.${near === '' ? '' : `\n${near}`}`);
  }
  if (starts.length > 1 && !all) {
    const lines = starts.slice(0, 10).map((start) => text.slice(0, start).split('\n').length);
    return refused(
      `The text to replace stands in the file ${starts.length} times, at lines ${lines.join(', ')}: give more of what is around it, or say all.`,
    );
  }
  return { status: 'patched', text: text.split(sought).join(put), places: starts.length };
}

const refused = (reason: string): Patched => ({ status: 'refused', reason });

const withReturns = (text: string): string => text.replaceAll(/\r?\n/g, '\r\n');

function placesOf(text: string, sought: string): number[] {
  const starts: number[] = [];
  for (let at = text.indexOf(sought); at >= 0; at = text.indexOf(sought, at + sought.length)) starts.push(at);
  return starts;
}
