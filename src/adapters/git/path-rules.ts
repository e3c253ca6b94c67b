import { isDotGit, isReadByGit } from './dot-git.ts';
import { type PathKey, shown } from './path-bytes.ts';

/** What one commit may add. Sizes in bytes. */
export interface CommitLimits {
  readonly maxFileBytes: number;
  readonly maxFiles: number;
  readonly maxPathBytes: number;
}

/** GitHub warns of files over 50 MiB and refuses those over 100. Linux allows paths of 4,095 bytes and names of 255. */
export const defaultLimits: CommitLimits = {
  maxFileBytes: 50 * 1024 * 1024,
  maxFiles: 20_000,
  maxPathBytes: 4095,
};

const longestName = 255;

/**
 * The rule that a path breaks, or null. git's own writers accept nearly all of these. A path that the parent's tree
 * already holds (`known`) is only held to what could do harm: its spelling is the repository's own.
 */
export function brokenPathRule(key: PathKey, known: boolean, limits: CommitLimits): string | null {
  if (key.length === 0) return 'empty-path';
  if (key.startsWith('/')) return 'absolute-path';
  if (key.includes('\0')) return 'control-character';
  for (const part of shown(key).split('/')) {
    if (part === '' || part === '.' || part === '..') return 'not-a-plain-path';
    if (isDotGit(part)) return 'dot-git';
  }
  if (known) return null;
  if (key.length > limits.maxPathBytes) return 'path-too-long';
  if (key.split('/').some((part) => part.length > longestName)) return 'name-too-long';
  if (key.includes('\\')) return 'backslash';
  // Servers that check what is pushed refuse a tree where git would look for its own file.
  if (shown(key).split('/').slice(0, -1).some(isReadByGit)) return 'folder-read-by-git';
  // Bytes 0x80 to 0x9f are parts of UTF-8 letters here, not the C1 controls.
  for (let at = 0; at < key.length; at += 1) {
    const byte = key.charCodeAt(at);
    if (byte < 0x20 || byte === 0x7f) return 'control-character';
  }
  return null;
}

/**
 * The rule that a symbolic link breaks, or null: it must point inside the tree, and not where git keeps its own. `..` may
 * stand only at the front: behind a name that is a link itself it would lead elsewhere than it seems to.
 */
export function brokenLinkRule(key: PathKey, target: Uint8Array): string | null {
  const text = Buffer.from(target).toString('latin1');
  const path = key.split('/');
  if (isReadByGit(shown(path.at(-1) ?? ''))) return 'link-read-by-git';
  if (text.length === 0 || text.includes('\0')) return 'link-target-invalid';
  if (text.startsWith('/') || text.includes('\\') || /^[A-Za-z]:/.test(text)) return 'link-target-absolute';
  const parts = text.split('/').filter((part) => part !== '' && part !== '.');
  const climbs = parts.findIndex((part) => part !== '..');
  const down = climbs === -1 ? [] : parts.slice(climbs);
  if (down.includes('..')) return 'link-target-winding';
  if (parts.length - down.length > path.length - 1) return 'link-target-outside';
  return down.some((part) => isDotGit(shown(part))) ? 'link-target-dot-git' : null;
}
