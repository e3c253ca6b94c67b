import { readHead } from './compare-trees.ts';
import type { Git } from './git-process.ts';
import type { ObjectReader } from './objects/object-reader.ts';
import { keyOf, shown } from './path-bytes.ts';

/** Larger ones are not put in the way of other answers, bytes. */
const readWhole = 2 ** 20;

/** A file (or the target of a link) of a tree or commit, at most `maxBytes` of it; null when there is no such file. */
export async function readFile(
  git: Git,
  reader: ObjectReader,
  treeish: string,
  path: string,
  maxBytes: number,
): Promise<Uint8Array | null> {
  // The revision syntax reads a leading ./ or ../ as relative to a working tree.
  if (path === '' || path.startsWith('./') || path.startsWith('../')) return null;
  const found = await reader.look(`${treeish}:${path}`);
  if (found?.kind !== 'blob') return null;
  const { oid, size } = found;
  if (size <= maxBytes && size <= readWhole) return reader.read(oid);
  const { child, ended } = git.start(['cat-file', 'blob', oid]);
  child.stdin.end();
  const head = await readHead(child.stdout, maxBytes);
  if (head.truncated) {
    child.kill();
    await ended.catch(() => undefined);
  } else {
    await ended;
  }
  return head.bytes;
}

/** Paths below a folder ('' is the root) in git's order; without `recursive`, folders end in `/`. */
export async function listFiles(
  git: Git,
  treeish: string,
  folder: string,
  { recursive, limit }: { readonly recursive: boolean; readonly limit: number },
): Promise<string[]> {
  const clean = folder.replace(/\/+$/, '');
  const { exitCode, stdout } = await git.run(
    [
      'ls-tree',
      '-z',
      '--full-tree',
      ...(recursive ? ['-r'] : []),
      clean === '' ? treeish : `${treeish}:${clean}`,
    ],
    { allowed: [0, 128] },
  );
  if (exitCode !== 0) return [];
  const above = clean === '' ? '' : `${clean}/`;
  return keyOf(stdout)
    .split('\0')
    .filter((record) => record !== '')
    .slice(0, limit)
    .map((record) => {
      const tab = record.indexOf('\t');
      const isFolder = record.startsWith('040000');
      return `${above}${shown(record.slice(tab + 1))}${isFolder ? '/' : ''}`;
    });
}
