/** Code points that HFS+ ignores in a name: `.g\u200cit` is `.git` there. Source: git's `next_hfs_char`. */
const ignoredByHfs = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

/** `.git`, its 8.3 name, trailing dots and spaces, and alternate data streams. Source: git's `is_ntfs_dotgit`. */
const gitOnNtfs = /^(\.git|git~\d)[ .]*(:.*)?$/i;

/** Whether some file system would take this name for git's own folder. `name` is one part of a path, as UTF-8 text. */
export function isDotGit(name: string): boolean {
  return gitOnNtfs.test(name) || name.replace(ignoredByHfs, '').toLowerCase() === '.git';
}

const readByGit = new Set(['.gitmodules', '.gitattributes', '.gitignore', '.mailmap']);

/** Whether git itself reads a file of this name, so that it must be neither a symbolic link nor a folder. */
export function isReadByGit(name: string): boolean {
  return readByGit.has(
    name
      .replace(ignoredByHfs, '')
      .toLowerCase()
      .replace(/[ .]+$/, ''),
  );
}
