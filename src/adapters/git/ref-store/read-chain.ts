import type { RefCommit } from '../../../ledger/ports/ref-store.ts';
import { parseCommit } from '../objects/commit-object.ts';
import type { ObjectReader } from '../objects/object-reader.ts';
import { isFolder, parseTree } from '../objects/tree-object.ts';
import { keyOf, type PathKey } from '../path-bytes.ts';
import { allBefore } from './walk-history.ts';

interface ChainRequest {
  readonly head: string;
  readonly after: string | null;
  /** Names of the files that are read of each commit, where it has them. */
  readonly files: readonly string[];
}

interface Link {
  readonly oid: string;
  readonly tree: string;
}

/** The commits between two, oldest first, with their files. Rejects where one of them is not here. */
export async function readChain(
  reader: ObjectReader,
  { head, after, files }: ChainRequest,
): Promise<readonly RefCommit[]> {
  const names = new Map(files.map((file) => [keyOf(Buffer.from(file)), file]));
  const links = await linksBetween(reader, head, after);
  return Promise.all(
    links.map(async ({ oid, tree }) => ({ oid, files: await filesOf(reader, tree, names) })),
  );
}

async function linksBetween(reader: ObjectReader, head: string, after: string | null): Promise<Link[]> {
  const links: Link[] = [];
  let at: string | null = head;
  while (at !== null && at !== after) {
    const { tree, parents } = parseCommit(await reader.read(at));
    links.push({ oid: at, tree });
    at = parents[0] ?? null;
  }
  links.reverse();
  if (at === after) return links;
  // It did not grow from there: what both grew from is known all the same.
  const known = await allBefore(reader, after ?? head);
  return links.filter(({ oid }) => !known.has(oid));
}

async function filesOf(
  reader: ObjectReader,
  tree: string,
  names: ReadonlyMap<PathKey, string>,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const items = parseTree(await reader.read(tree), tree.length);
  const found = items.flatMap((item) => {
    const name = names.get(item.name);
    return name === undefined || isFolder(item) ? [] : [{ name, oid: item.oid }];
  });
  return new Map(
    await Promise.all(found.map(async ({ name, oid }) => [name, await reader.read(oid)] as const)),
  );
}
