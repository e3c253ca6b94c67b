import ignore, { type Ignore } from 'ignore';
import { type BytePath, readable } from './byte-path.ts';

/** What tools leave behind that is nobody's work, wherever it lies, unless it is tracked. */
const leftBehind = [
  '__pycache__/',
  '*.pyc',
  '*.pyo',
  '.pytest_cache/',
  '.mypy_cache/',
  '.ruff_cache/',
  '.hypothesis/',
  '.coverage',
  '.tox/',
  '.nox/',
  '.venv/',
  'venv/',
  '*.egg-info/',
  'node_modules/',
  '.npm/',
  '.nyc_output/',
  '.cache/',
  '.gradle/',
  '.DS_Store',
  '*.swp',
  '.gas-town/',
];

const options = { ignorecase: false, allowRelativePaths: true };

/** Which paths are nobody's work: the built-in list, then every `.gitignore` by git's own order. */
export class IgnoredPaths {
  readonly #builtIn: Ignore = ignore(options).add(leftBehind);
  readonly #files = new Map<string, Ignore>();
  readonly #folders = new Map<string, boolean>();

  constructor(ignoreFiles: ReadonlyMap<BytePath, Buffer>) {
    for (const [path, content] of ignoreFiles) {
      const folder = readable(path).replace(/\.gitignore$/, '');
      this.#files.set(folder, ignore(options).add(content.toString('utf8')));
    }
  }

  ignores(path: BytePath): boolean {
    const text = readable(path);
    return this.#folderOf(text) || this.#matches(text);
  }

  #folderOf(text: string): boolean {
    const slash = text.lastIndexOf('/', text.length - 2);
    if (slash === -1) return false;
    const folder = text.slice(0, slash + 1);
    const known = this.#folders.get(folder);
    if (known !== undefined) return known;
    const verdict = this.#folderOf(folder) || this.#matches(folder);
    this.#folders.set(folder, verdict);
    return verdict;
  }

  /** The nearest `.gitignore` that says anything about a path decides. */
  #matches(text: string): boolean {
    if (this.#builtIn.test(text).ignored) return true;
    for (let end = text.length; end > 0; ) {
      end = text.lastIndexOf('/', end - 2) + 1;
      const file = this.#files.get(text.slice(0, end));
      const verdict = file?.test(text.slice(end));
      if (verdict?.ignored) return true;
      if (verdict?.unignored) return false;
      if (end === 0) break;
    }
    return false;
  }
}
