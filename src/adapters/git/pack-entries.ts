import { pack } from 'tar-stream';
import type { ObjectReader } from './objects/object-reader.ts';
import { sandboxUser } from './own-tar.ts';
import { bytesOf, foldersAbove, type PathKey, shown } from './path-bytes.ts';
import type { TreeEntry } from './tree-entries.ts';

/** What is kept in memory as one piece, and read through a pipe that others wait at too. */
const most = { files: 200, bytes: 4 * 2 ** 20 };

const isText = (key: PathKey): boolean => Buffer.from(shown(key), 'utf8').equals(bytesOf(key));

/**
 * A few small files and links as a tar like that of `packTree`, without a git process; null where they are many or large, or
 * one has a name that is not UTF-8: the tar library could not write it.
 */
export async function packEntries(
  reader: ObjectReader,
  entries: ReadonlyMap<PathKey, TreeEntry>,
  seconds: number,
): Promise<Buffer | null> {
  if (entries.size > most.files || ![...entries.keys()].every(isText)) return null;
  const facts = await Promise.all([...entries.values()].map(({ oid }) => reader.look(oid)));
  const bytes = facts.reduce((sum, found) => sum + (found?.size ?? 0), 0);
  if (bytes > most.bytes) return null;
  const contents = await Promise.all([...entries.values()].map(({ oid }) => reader.read(oid)));
  const tar = pack();
  const common = { uid: sandboxUser, gid: sandboxUser, mtime: new Date(seconds * 1000) };
  const folders = new Set<PathKey>();
  const files = [...entries].map(([key, { mode }], at) => ({ key, mode, content: contents[at] }));
  for (const { key, mode, content = Buffer.alloc(0) } of files.sort((a, b) => (a.key < b.key ? -1 : 1))) {
    for (const folder of foldersAbove(key)) {
      if (folders.has(folder)) continue;
      folders.add(folder);
      tar.entry({ ...common, name: `${shown(folder)}/`, type: 'directory', mode: 0o755 });
    }
    const name = shown(key);
    if (mode === '120000') {
      tar.entry({ ...common, name, type: 'symlink', linkname: content.toString('utf8'), mode: 0o777 });
    } else {
      tar.entry({ ...common, name, mode: mode === '100755' ? 0o755 : 0o644 }, content);
    }
  }
  tar.finalize();
  const pieces: Buffer[] = [];
  for await (const piece of tar) if (piece instanceof Uint8Array) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}
