import { leftMarkers } from '../../domain/merge-queue/conflict-markers.ts';
import { lostLines, unnamedLines } from '../../domain/merge-queue/lost-lines.ts';
import type { GitStore } from '../ports/git-store.ts';

/** One line of development that goes into a result: the commit where it began, and its tip. */
export interface Side {
  /** As the agent is told of it: `the branch`, `bead 3`. */
  readonly name: string;
  readonly base: string;
  readonly tip: string;
}

const fileBytesMax = 1024 * 1024;
const linesShown = 12;

/**
 * What a result drops of either side without a word in the report, one sentence each; empty when nothing is lost. `paths`
 * are those that an agent decided about: everywhere else git's own merge stands.
 */
export async function unsaidLosses(
  store: GitStore,
  check: {
    readonly result: string;
    readonly sides: readonly Side[];
    readonly paths: readonly string[];
    readonly report: string;
  },
): Promise<string[]> {
  const results = await Promise.all(check.paths.map((path) => textAt(store, check.result, path)));
  const problems: string[] = [];
  for (const side of check.sides) {
    for (const path of check.paths) {
      const problem = await lossAt(store, check, side, path, results);
      if (problem !== null) problems.push(problem);
    }
  }
  return problems;
}

async function lossAt(
  store: GitStore,
  check: { readonly result: string; readonly report: string },
  side: Side,
  path: string,
  results: readonly string[],
): Promise<string | null> {
  const [before, tip, after] = await Promise.all(
    [side.base, side.tip, check.result].map((treeish) => store.resolve(`${treeish}:${path}`)),
  );
  if (tip === null || tip === before || tip === after) return null;
  const theirs = await bytesAt(store, side.tip, path);
  if (theirs === null) return null;
  if (isBinary(theirs)) {
    return check.report.includes(path)
      ? null
      : `${path}: the version of ${side.name} is not in the result. It is no text, so say in the report which version stands and why.`;
  }
  const lost = lostLines(await textAt(store, side.base, path), decode(theirs), results);
  const unsaid = unnamedLines(lost, check.report);
  if (unsaid.length === 0) return null;
  const shown = unsaid.slice(0, linesShown).map((line) => `    ${line}`);
  const more = unsaid.length > linesShown ? `\n    … and ${unsaid.length - linesShown} more` : '';
  return `${path}: these lines of ${side.name} are missing, and the report does not quote them:\n${shown.join('\n')}${more}`;
}

/** Conflict markers that are left, one sentence for each path. */
export async function markersLeft(
  store: GitStore,
  check: { readonly result: string; readonly sides: readonly Side[]; readonly paths: readonly string[] },
): Promise<string[]> {
  const problems: string[] = [];
  for (const path of check.paths) {
    const own = await Promise.all(check.sides.map((side) => textAt(store, side.tip, path)));
    const left = leftMarkers(await textAt(store, check.result, path), own);
    if (left.length > 0) problems.push(`${path}: conflict markers are left (${left[0]}).`);
  }
  return problems;
}

/** A file that only the merge made, under a name that neither side has (`a~<commit>`), and that still stands. */
export async function mergeNamesLeft(
  store: GitStore,
  check: { readonly result: string; readonly sides: readonly Side[]; readonly paths: readonly string[] },
): Promise<string[]> {
  const problems: string[] = [];
  for (const path of check.paths) {
    const places = check.sides.flatMap((side) => [side.base, side.tip]);
    const found = await Promise.all(
      [check.result, ...places].map((treeish) => store.resolve(`${treeish}:${path}`)),
    );
    if (found[0] !== null && found.slice(1).every((oid) => oid === null)) {
      problems.push(`${path}: this name was made by the merge. Give the file its place and remove this one.`);
    }
  }
  return problems;
}

const bytesAt = (store: GitStore, treeish: string, path: string): Promise<Uint8Array | null> =>
  store.readFile(treeish, path, fileBytesMax);

const decode = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

/** Empty for what is not there, not text, or not a file. */
async function textAt(store: GitStore, treeish: string, path: string): Promise<string> {
  const bytes = await bytesAt(store, treeish, path);
  return bytes === null || isBinary(bytes) ? '' : decode(bytes);
}

/** git's own test: a zero byte near the start. */
const isBinary = (bytes: Uint8Array): boolean => bytes.subarray(0, 8000).includes(0);
