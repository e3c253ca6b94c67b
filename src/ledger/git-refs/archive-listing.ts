import { z } from 'zod';
import type { StreamId } from '../../domain/event.ts';
import type { RefStore } from '../ports/ref-store.ts';
import { archiveRef, refOf } from './stream-refs.ts';

const file = 'archived.json';
const listing = z.array(z.object({ ref: z.string(), oid: z.string() }));

/** The file of an archive's commit that names which head among its parents was which stream's. */
export const listingOf = (heads: z.output<typeof listing>): ReadonlyMap<string, Uint8Array> =>
  new Map([[file, Buffer.from(JSON.stringify(heads.map(({ ref, oid }) => ({ ref, oid }))))]]);

/** The head that a stream had when it was archived last; null where it never was. Its commits are here then. */
export async function archivedHead(refs: RefStore, stream: StreamId): Promise<string | null> {
  const archive = (await refs.fetch([archiveRef])).get(archiveRef) ?? null;
  if (archive === null) return null;
  const ref = refOf(stream);
  for (const { files } of (await refs.chain(archive, null, [file])).toReversed()) {
    const bytes = files.get(file);
    // The first of all has nothing before it but a stream's own commits.
    if (bytes === undefined) continue;
    const kept = listing.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
    const found = kept.find((one) => one.ref === ref);
    if (found !== undefined) return found.oid;
  }
  return null;
}
