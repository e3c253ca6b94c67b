/**
 * A path as its bytes: one character (U+0000 to U+00FF) per byte, so that names which are not UTF-8 survive as map keys.
 * Relative to the workspace, without a leading `./`.
 */
export type BytePath = string;

export const bytesOf = (path: BytePath): Buffer => Buffer.from(path, 'latin1');

export const pathOfBytes = (bytes: Uint8Array): BytePath =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');

/** The path as people read it; bytes that are not UTF-8 become U+FFFD. */
export const readable = (path: BytePath): string => bytesOf(path).toString('utf8');

export const pathOfText = (text: string): BytePath => Buffer.from(text, 'utf8').toString('latin1');

/** The folders that the paths lie in, deepest first. */
export function foldersOf(paths: Iterable<BytePath>): BytePath[] {
  const folders = new Set<BytePath>();
  for (const path of paths) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const folder = path.slice(0, end);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return [...folders].sort((a, b) => b.length - a.length);
}
