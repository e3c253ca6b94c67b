import { bytesOf, type PathKey } from '../path-bytes.ts';

/** One line of a tree object. */
export interface TreeItem {
  readonly name: PathKey;
  /** As it stands there: `40000` is a folder, and old history has more modes of files than git shows. */
  readonly mode: string;
  readonly oid: string;
}

export const folderMode = '40000';

export const isFolder = (
  item: TreeItem | undefined,
): item is TreeItem & { readonly mode: typeof folderMode } => item?.mode === folderMode;

/** The mode that git shows for one of a file, link or submodule. Source: `canon_mode` of git's cache.h. */
export function shownMode(mode: string): string {
  const bits = Number.parseInt(mode, 8);
  const kind = bits & 0o170000;
  if (kind !== 0o100000) return mode.padStart(6, '0');
  return (bits & 0o100) === 0 ? '100644' : '100755';
}

/** Records of `<mode> <name> NUL <id>`, the id in bytes. Source: gitformat-pack(5), "tree". `length`: of an id in hex. */
export function parseTree(bytes: Buffer, length: number): TreeItem[] {
  const items: TreeItem[] = [];
  const idBytes = length / 2;
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(0x20, at);
    const end = bytes.indexOf(0, space);
    if (space === -1 || end === -1 || end + idBytes >= bytes.length) throw new Error('A tree is cut off.');
    items.push({
      mode: bytes.toString('latin1', at, space),
      name: bytes.toString('latin1', space + 1, end),
      oid: bytes.toString('hex', end + 1, end + 1 + idBytes),
    });
    at = end + 1 + idBytes;
  }
  return items;
}

/** git's order: by bytes, a folder as if its name ended in a slash. */
const placeOf = (item: TreeItem): string => (isFolder(item) ? `${item.name}/` : item.name);

export function formatTree(items: Iterable<TreeItem>): Buffer {
  const sorted = [...items].sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  return Buffer.concat(
    sorted.flatMap(({ mode, name, oid }) => [bytesOf(`${mode} ${name}\0`), Buffer.from(oid, 'hex')]),
  );
}
