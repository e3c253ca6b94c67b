import { z } from 'zod';

/** What the base tree says about how it is checked: names at its root, and the texts that say more. */
export interface CheckSources {
  readonly names: readonly string[];
  /** Texts by name; only those in `checkFiles` are asked for. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Files at the root whose text says how a tree is checked. */
export const checkFiles: readonly string[] = [
  'package.json',
  'Makefile',
  'makefile',
  'GNUmakefile',
  'pyproject.toml',
  'setup.cfg',
  'tox.ini',
  'composer.json',
];

/**
 * The command that checks a tree, or null where nothing says one. A Makefile's own word comes first; else every language
 * that is there is checked. A tool is named only where its presence is the tree's own claim: a linter that is not
 * installed would be red for ever.
 */
export function verifyCommand(sources: CheckSources): string | null {
  const make = makeCommand(sources);
  if (make !== null) return make;
  const found = languages.flatMap((language) => language(sources) ?? []);
  return found.length === 0 ? null : found.join(' && ');
}

function makeCommand({ texts }: CheckSources): string | null {
  const text = texts.get('GNUmakefile') ?? texts.get('makefile') ?? texts.get('Makefile') ?? '';
  const has = (target: string): boolean => new RegExp(`^${target}\\s*:(?!=)`, 'm').test(text);
  if (has('check')) return 'make check';
  if (!has('test')) return null;
  return has('lint') ? 'make lint test' : 'make test';
}

const scripts = z.object({ scripts: z.record(z.string(), z.unknown()).optional() });

/** What npm writes into a new package. */
const noTest = /no test specified/;

function nodeCommand({ names, texts }: CheckSources): string | null {
  const own = scriptsOf(texts.get('package.json'));
  const test = own.test ?? '';
  const known = ['lint', 'test'].filter(
    (name) => (own[name] ?? '') !== '' && !(name === 'test' && noTest.test(test)),
  );
  if (known.length === 0) return null;
  const runner = names.includes('pnpm-lock.yaml') ? 'pnpm' : names.includes('yarn.lock') ? 'yarn' : 'npm';
  return known.map((name) => (name === 'test' ? `${runner} test` : `${runner} run ${name}`)).join(' && ');
}

function scriptsOf(text: string | undefined): Readonly<Record<string, string>> {
  const parsed = scripts.safeParse(json(text));
  const entries = Object.entries(parsed.data?.scripts ?? {});
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** A text that is no JSON says nothing; the verification itself will show that it is broken. */
function json(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}

function pythonCommand({ names, texts }: CheckSources): string | null {
  const configured =
    names.includes('pytest.ini') ||
    names.includes('conftest.py') ||
    /^\[tool\.pytest/m.test(texts.get('pyproject.toml') ?? '') ||
    /^\[tool:pytest\]/m.test(texts.get('setup.cfg') ?? '') ||
    /^\[pytest\]/m.test(texts.get('tox.ini') ?? '');
  const python = ['pyproject.toml', 'setup.py', 'setup.cfg', 'requirements.txt'].some((name) =>
    names.includes(name),
  );
  const tests = names.some((name) => /^test_.*\.py$|.*_test\.py$|^tests?\/$/.test(name));
  return configured || (python && tests) || names.some((name) => /^test_.*\.py$/.test(name))
    ? 'python3 -m pytest'
    : null;
}

const byFile =
  (file: string, command: string) =>
  ({ names }: CheckSources): string | null =>
    names.includes(file) ? command : null;

function javaCommand({ names }: CheckSources): string | null {
  if (names.includes('pom.xml')) return names.includes('mvnw') ? './mvnw -B verify' : 'mvn -B verify';
  if (names.includes('build.gradle') || names.includes('build.gradle.kts')) {
    return names.includes('gradlew') ? './gradlew check' : 'gradle check';
  }
  return null;
}

function phpCommand({ texts }: CheckSources): string | null {
  return (scriptsOf(texts.get('composer.json')).test ?? '') === '' ? null : 'composer test';
}

const languages: readonly ((sources: CheckSources) => string | null)[] = [
  nodeCommand,
  pythonCommand,
  byFile('Cargo.toml', 'cargo test'),
  byFile('go.mod', 'go vet ./... && go test ./...'),
  javaCommand,
  phpCommand,
  byFile('mix.exs', 'mix test'),
];
