import { addedLines } from './lost-lines.ts';
import type { ChangedEntry } from './protected-paths.ts';

/** Something that a convoy changed about what judges it. */
export interface CheckChange {
  readonly path: string;
  readonly what: string;
}

export interface CheckedChange extends ChangedEntry {
  /** Text at the base and at the head; empty where there is none, or none that is text. */
  readonly textBefore: string;
  readonly textAfter: string;
}

const testPath =
  /(?:^|\/)(?:tests?|specs?|__tests__)\/|(?:^|\/)(?:test_[^/]*|conftest\.py|[^/]*(?:[._-](?:test|spec)|_test|Tests?)\.\w+)$/i;

/** Files that say which tests run and what counts as a fault, for the tools that the town knows. */
const configPath =
  /(?:^|\/)(?:(?:jest|vitest|vite|karma|ava|cypress|playwright|eslint|nyc)\.config\.\w+|\.eslintrc(?:\.\w+)?|\.eslintignore|\.mocharc(?:\.\w+)?|\.nycrc|\.taprc|biome\.jsonc?|pytest\.ini|tox\.ini|conftest\.py|setup\.cfg|pyproject\.toml|\.?ruff\.toml|\.flake8|\.pylintrc|mypy\.ini|\.coveragerc|\.golangci\.ya?ml|clippy\.toml|pom\.xml|build\.gradle(?:\.kts)?|phpunit\.xml(?:\.dist)?|GNUmakefile|[Mm]akefile)$/;

/** A test that is there and does not run, or keeps others from running. */
const skipped =
  /\b(?:describe|it|test|context|suite)\.(?:skip|only|todo|fixme)\b|\bx(?:it|describe|test)\s*\(|\bf(?:it|describe)\s*\(|\b(?:pytest\.mark\.(?:skip|skipif|xfail)|pytest\.skip|unittest\.skip\w*)\b|\bt\.Skip(?:f|Now)?\(|#\[ignore\b|@(?:Disabled|Ignore)\b|\bmarkTestSkipped\b|\bskip\s*:\s*true\b/;

/** What decides whether a path's change must be looked at more closely, by its text. */
export const isCheckPath = (path: string): boolean =>
  testPath.test(path) || configPath.test(path) || /(?:^|\/)package\.json$/.test(path);

/**
 * What the whole change does to the checks that it was verified by: the command's own files, scripts, the tools'
 * configuration, tests that are gone and tests that are newly left out. People judge; the town only lists.
 */
export function ownCheckChanges(
  command: string | null,
  changes: readonly CheckedChange[],
): readonly CheckChange[] {
  const named = new Set((command ?? '').split(/[\s'"`;&|()<>=]+/).map((word) => word.replace(/^\.\//, '')));
  const come = new Set(changes.filter((one) => one.before === null).map((one) => nameOf(one.path)));
  return changes.flatMap((change) => {
    const { path, before, after } = change;
    const say = (what: string): CheckChange[] => [{ path, what }];
    if (before === null) return after !== null && testPath.test(path) ? skips(change) : [];
    if (named.has(path)) return say('is run by the verification command');
    if (/(?:^|\/)package\.json$/.test(path)) return scriptChanges(change);
    if (configPath.test(path)) return say('configures the checks');
    if (!testPath.test(path)) return [];
    if (after === null) return come.has(nameOf(path)) ? [] : say('is a test, and gone');
    return skips(change);
  });
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

function skips({ path, textBefore, textAfter }: CheckedChange): CheckChange[] {
  const count = addedLines(textBefore, textAfter).filter((line) => skipped.test(line)).length;
  return count === 0
    ? []
    : [{ path, what: `leaves out tests in ${count} new ${count === 1 ? 'line' : 'lines'}` }];
}

function scriptChanges({ path, textBefore, textAfter }: CheckedChange): CheckChange[] {
  const before = scriptsOf(textBefore);
  const after = scriptsOf(textAfter);
  return Object.keys(before)
    .filter((name) => before[name] !== after[name])
    .map((name) => ({ path, what: `script "${name}" is ${name in after ? 'changed' : 'gone'}` }));
}

function scriptsOf(text: string): Readonly<Record<string, string>> {
  const found: unknown = parsed(text);
  if (typeof found !== 'object' || found === null || !('scripts' in found)) return {};
  const { scripts } = found;
  if (typeof scripts !== 'object' || scripts === null) return {};
  return Object.fromEntries(Object.entries(scripts).map(([name, value]) => [name, String(value)]));
}

/** A text that is no JSON has no scripts. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
