/** What decides the result of `setup` in most ecosystems. */
const usualSetupInputs: readonly string[] = [
  'package.json',
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'pyproject.toml',
  'poetry.lock',
  'uv.lock',
  'Pipfile',
  'Pipfile.lock',
  'setup.py',
  'setup.cfg',
  'requirements.txt',
  'requirements-dev.txt',
  'Cargo.toml',
  'Cargo.lock',
  'go.mod',
  'go.sum',
  'Gemfile',
  'Gemfile.lock',
  'composer.json',
  'composer.lock',
  'pom.xml',
  'build.gradle',
  'build.gradle.kts',
  'Makefile',
];

/**
 * Whether a change touches a file that the set-up commands depend on. `inputs` are paths, or names wherever they lie;
 * default: the usual manifests and lockfiles.
 */
export function touchesSetup(
  inputs: readonly string[] = usualSetupInputs,
  changed: Iterable<string> = [],
): boolean {
  const known = new Set(inputs);
  for (const path of changed) {
    if (known.has(path) || known.has(path.slice(path.lastIndexOf('/') + 1))) return true;
  }
  return false;
}
