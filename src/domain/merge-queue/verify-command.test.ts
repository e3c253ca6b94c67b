import { expect, test } from 'vitest';
import { verifyCommand } from './verify-command.ts';

const found = (files: Readonly<Record<string, string>>): string | null =>
  verifyCommand({ names: Object.keys(files), texts: new Map(Object.entries(files)) });
const pkg = (scripts: Record<string, unknown>): string => JSON.stringify({ scripts });

const cases: readonly [string, Readonly<Record<string, string>>, string | null][] = [
  ['nothing', { 'README.md': '' }, null],
  ['npm', { 'package.json': pkg({ test: 'vitest run' }) }, 'npm test'],
  [
    'npm with a linter',
    { 'package.json': pkg({ lint: 'eslint .', test: 'tape' }) },
    'npm run lint && npm test',
  ],
  ['pnpm', { 'package.json': pkg({ test: 'x' }), 'pnpm-lock.yaml': '' }, 'pnpm test'],
  ['yarn', { 'package.json': pkg({ lint: 'x' }), 'yarn.lock': '' }, 'yarn run lint'],
  [
    "npm's own placeholder",
    { 'package.json': pkg({ test: 'echo "Error: no test specified" && exit 1' }) },
    null,
  ],
  ['a script that is no text', { 'package.json': pkg({ test: 7 }) }, null],
  ['a broken package.json', { 'package.json': '{' }, null],
  ['make check', { Makefile: 'all:\n\tcc\ncheck: all\n\t./t\n' }, 'make check'],
  ['make test with lint', { Makefile: 'test:\n\t./t\nlint:\n\t./l\n' }, 'make lint test'],
  ['a variable is no target', { Makefile: 'test := x\nall:\n' }, null],
  ['a Makefile over npm', { Makefile: 'test:\n', 'package.json': pkg({ test: 'x' }) }, 'make test'],
  ['pytest by config', { 'pyproject.toml': '[tool.pytest.ini_options]\n' }, 'python3 -m pytest'],
  ['pytest by tests', { 'setup.py': '', 'tests/': '' }, 'python3 -m pytest'],
  ['pytest by a test at the root', { 'limiter.py': '', 'test_limiter.py': '' }, 'python3 -m pytest'],
  ['python without tests', { 'setup.py': '' }, null],
  ['cargo', { 'Cargo.toml': '' }, 'cargo test'],
  ['go', { 'go.mod': '' }, 'go vet ./... && go test ./...'],
  ['maven', { 'pom.xml': '' }, 'mvn -B verify'],
  ['maven by its wrapper', { 'pom.xml': '', mvnw: '' }, './mvnw -B verify'],
  ['gradle', { 'build.gradle.kts': '', gradlew: '' }, './gradlew check'],
  ['composer', { 'composer.json': pkg({ test: 'phpunit' }) }, 'composer test'],
  ['mix', { 'mix.exs': '' }, 'mix test'],
  [
    'two languages',
    { 'package.json': pkg({ test: 'x' }), 'go.mod': '' },
    'npm test && go vet ./... && go test ./...',
  ],
];

test.each(cases)('%s', (_, files, command) => {
  expect(found(files)).toBe(command);
});
