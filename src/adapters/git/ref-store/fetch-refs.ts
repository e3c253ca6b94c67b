import type { Remote } from '../../../town/ports/git-store.ts';
import { GitFailed } from '../git-errors.ts';
import type { Git } from '../git-process.ts';
import type { ObjectReader } from '../objects/object-reader.ts';
import { fetch } from '../transfer.ts';
import { listRefs } from './list-refs.ts';

/** Where a remote ref's last known place is kept here: never under its own name, which only the remote decides. */
const seenRef = (ref: string): string => `refs/seen/${ref.slice('refs/'.length)}`;

/** A ref may go away or move between the question and the transfer; it is asked for once more then. */
const triesMax = 3;

/** To ask git after a fetch whether the repository is in need of care takes a process, and each fetch brings little. */
const fetchesBetweenCare = 50;

export type FetchRefs = (
  remote: Remote,
  refs: readonly string[],
) => Promise<ReadonlyMap<string, string | null>>;

export function createFetchRefs(git: Git, reader: ObjectReader): FetchRefs {
  let fetches = 0;
  const bring = async (remote: Remote, missing: readonly string[]): Promise<void> => {
    if (missing.length === 0) return;
    fetches += 1;
    const specs = missing.map((ref) => `+${ref}:${seenRef(ref)}`);
    await fetch(git, remote, specs, { takesCare: fetches % fetchesBetweenCare === 0 });
  };
  return async (remote, refs) => {
    for (let tries = 1; ; tries += 1) {
      const standing = await listRefs(git, remote, refs);
      try {
        await bring(remote, await lacking(reader, standing));
        // A ref that moved on may have been fetched at its newer place only, which brings the older one with it, or not.
        if ((await lacking(reader, standing)).length === 0)
          return new Map(refs.map((ref) => [ref, standing.get(ref) ?? null]));
      } catch (error) {
        if (!(error instanceof GitFailed) || tries === triesMax) throw error;
      }
    }
  };
}

/** The refs whose commits are not here. */
async function lacking(
  reader: ObjectReader,
  standing: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const looked = await Promise.all(
    [...standing].map(async ([ref, oid]) => ((await reader.look(`${oid}^{commit}`)) === null ? [ref] : [])),
  );
  return looked.flat();
}
