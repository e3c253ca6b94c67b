import { posix } from 'node:path';

/** Whether a path matches a glob as in `.gitignore`: one without a slash is matched with the file's name alone. */
export function matchesGlob(path: string, glob: string | null): boolean {
  if (glob === null) return true;
  const pattern = glob.replace(/^\.?\//, '');
  return posix.matchesGlob(pattern.includes('/') ? path : posix.basename(path), pattern);
}
