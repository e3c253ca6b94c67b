import { type BytePath, bytesOf } from './byte-path.ts';

/** Code points that HFS+ drops from a name: joiners, direction marks and the byte order mark. */
const dropped = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/gu;

/** A name as case-blind and composing file systems see it. */
export const folded = (text: string): string => text.normalize('NFC').toLowerCase();

function isDotGit(component: string): boolean {
  const hfs = component.replaceAll(dropped, '').toLowerCase();
  // NTFS drops trailing dots and spaces, and what follows a colon names a stream of the same file.
  const ntfs = (component.split(':')[0] ?? '').replace(/[. ]+$/, '').toLowerCase();
  return hfs === '.git' || ntfs === '.git' || ntfs === 'git~1';
}

/** The rule that refuses a path, or null. Mirrors what git refuses on the strictest of its file systems. */
export function pathRule(path: BytePath): string | null {
  if (path === '' || path.startsWith('/')) return 'not-relative';
  if (path.length > 4096) return 'too-long';
  const text = bytesOf(path).toString('utf8');
  for (const component of text.split('/')) {
    if (component === '' || component === '.' || component === '..') return 'not-relative';
    for (const part of component.split('\\')) {
      if (part === '..') return 'not-relative';
      if (isDotGit(part)) return 'git-folder';
    }
  }
  return null;
}

/** The rule that refuses a symlink, or null: its target must stay inside the workspace, whatever it points to. */
export function symlinkRule(path: BytePath, target: BytePath): string | null {
  const name = folded(bytesOf(path).toString('utf8')).split('/').at(-1);
  if (name === '.gitmodules') return 'symlink-gitmodules';
  if (target === '' || target.startsWith('/')) return 'symlink-outside';
  const at = path.split('/').slice(0, -1);
  for (const component of target.split('/')) {
    if (component === '' || component === '.') continue;
    if (component !== '..') at.push(component);
    else if (at.pop() === undefined) return 'symlink-outside';
  }
  return at.length > 0 && pathRule(at.join('/')) === 'git-folder' ? 'symlink-outside' : null;
}

/** The folders of a path and the path itself, shortest first. */
function* prefixes(path: BytePath): Generator<BytePath> {
  for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1)) yield path.slice(0, end);
  yield path;
}

function nameKey(path: BytePath): string {
  const text = bytesOf(path).toString('utf8');
  return text.includes('\ufffd') ? path : folded(text);
}

/** Finds paths that would be one and the same on a file system blind to case or composition. */
export class Names {
  readonly #spelled = new Map<string, BytePath>();
  readonly #known = new Set<BytePath>();

  add(path: BytePath): void {
    for (const prefix of prefixes(path)) {
      if (this.#known.has(prefix)) continue;
      this.#known.add(prefix);
      this.#spelled.set(nameKey(prefix), prefix);
    }
  }

  /** A name already there, and still there, that `path` or a folder of it would clash with; null when it is free. */
  clash(path: BytePath, exists: (other: BytePath) => boolean): BytePath | null {
    for (const prefix of prefixes(path)) {
      if (this.#known.has(prefix)) continue;
      const other = this.#spelled.get(nameKey(prefix));
      if (other !== undefined && other !== prefix && exists(other)) return other;
    }
    return null;
  }
}
