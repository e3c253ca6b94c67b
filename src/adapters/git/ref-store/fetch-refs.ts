import type { Remote } from '../../../town/ports/git-store.ts';
import { GitFailed } from '../git-errors.ts';
import type { Git } from '../git-process.ts';
import { resolveRevision } from '../refs.ts';
import { fetch } from '../transfer.ts';
import { listRefs } from './list-refs.ts';

/** Where a remote ref's last known place is kept here: never under its own name, which only the remote decides. */
const seenRef = (ref: string): string => `refs/seen/${ref.slice('refs/'.length)}`;

/** A ref may go away or move between the question and the transfer; it is asked for once more then. */
const triesMax = 3;

export async function fetchRefs(
  git: Git,
  remote: Remote,
  refs: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  for (let tries = 1; ; tries += 1) {
    const standing = await listRefs(git, remote, refs);
    try {
      const missing: string[] = [];
      for (const [ref, oid] of standing) if (!(await isHere(git, oid))) missing.push(ref);
      if (missing.length > 0)
        await fetch(
          git,
          remote,
          missing.map((ref) => `+${ref}:${seenRef(ref)}`),
        );
      const lacking = await firstLacking(git, standing.values());
      if (lacking === null) return new Map(refs.map((ref) => [ref, standing.get(ref) ?? null]));
    } catch (error) {
      if (!(error instanceof GitFailed) || tries === triesMax) throw error;
    }
  }
}

const isHere = async (git: Git, oid: string): Promise<boolean> =>
  (await resolveRevision(git, `${oid}^{commit}`)) !== null;

/** A ref that moved on may have been fetched at its newer place only, which brings the older one with it, or not. */
async function firstLacking(git: Git, oids: Iterable<string>): Promise<string | null> {
  for (const oid of oids) if (!(await isHere(git, oid))) return oid;
  return null;
}
