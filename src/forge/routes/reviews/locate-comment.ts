import { diffFiles, mergeBase } from '../../git/diff.ts';
import type { PullRow } from '../../store/rows.ts';

/** Where a review comment is asked to stand. */
export interface Place {
  readonly path: string;
  readonly line?: number | undefined;
  readonly side?: 'LEFT' | 'RIGHT' | undefined;
  readonly position?: number | undefined;
}

export interface Located {
  readonly kind: 'located';
  readonly line: number | null;
  readonly side: 'LEFT' | 'RIGHT';
  /** Lines below the file's first hunk header, as GitHub's older positions count. */
  readonly position: number;
  readonly hunk: string;
}

/** A place whose file or line is not part of the diff. */
export interface Unresolved {
  readonly kind: 'unresolved';
  readonly part: 'path' | 'line' | 'position';
}

/** Finds a place in a pull request's diff. */
export async function locateComment(
  bare: string,
  pull: PullRow,
  place: Place,
): Promise<Located | Unresolved> {
  const base = await mergeBase(bare, pull.base_sha, pull.head_sha);
  const file = (await diffFiles(bare, base, pull.head_sha)).find((one) => one.filename === place.path);
  if (file === undefined) return { kind: 'unresolved', part: 'path' };
  const lines = diffLines(file.patch ?? '');
  if (place.line === undefined && place.position === undefined) {
    return { kind: 'located', line: null, side: 'RIGHT', position: 1, hunk: '' };
  }
  const side = place.side ?? 'RIGHT';
  const found =
    place.line === undefined
      ? lines.find((line) => line.position === place.position)
      : lines.find((line) => (side === 'LEFT' ? line.left : line.right) === place.line);
  if (found === undefined)
    return { kind: 'unresolved', part: place.line === undefined ? 'position' : 'line' };
  const line = side === 'LEFT' ? found.left : (found.right ?? found.left);
  return { kind: 'located', line: line ?? null, side, position: found.position, hunk: found.hunk };
}

interface DiffLine {
  readonly position: number;
  readonly left?: number;
  readonly right?: number;
  readonly hunk: string;
}

function diffLines(patch: string): DiffLine[] {
  const found: DiffLine[] = [];
  let left = 0;
  let right = 0;
  let hunk = '';
  for (const [position, text] of patch.split('\n').entries()) {
    const header = /^@@ -(\d+)(?:,\d+)? \+(\d+)/.exec(text);
    if (header !== null) {
      left = Number(header[1]);
      right = Number(header[2]);
      hunk = text;
      continue;
    }
    hunk += `\n${text}`;
    if (text.startsWith('-')) found.push({ position, left: left++, hunk });
    else if (text.startsWith('+')) found.push({ position, right: right++, hunk });
    else if (!text.startsWith('\\')) found.push({ position, left: left++, right: right++, hunk });
  }
  return found;
}
