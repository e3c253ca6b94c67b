import type { Convoy } from '../../domain/convoy/state.ts';
import { type CheckChange, isCheckPath, ownCheckChanges } from '../../domain/merge-queue/own-checks.ts';
import type { ChangedEntry } from '../../domain/merge-queue/protected-paths.ts';
import type { GitStore, Oid } from '../ports/git-store.ts';

const textBytesRead = 512 * 1024;

/** What a convoy's head changes about the checks that it was verified by, against its base. */
export async function listOwnChecks(store: GitStore, convoy: Convoy): Promise<readonly CheckChange[]> {
  const { base, settings } = convoy.opened;
  const entries = await store.changedEntries(base.commit, convoy.head);
  const read = async (
    treeish: Oid,
    { path }: ChangedEntry,
    side: ChangedEntry['before'],
  ): Promise<string> => {
    if (side === null || !isCheckPath(path)) return '';
    const bytes = await store.readFile(treeish, path, textBytesRead);
    return bytes === null ? '' : Buffer.from(bytes).toString('utf8');
  };
  const changes = [];
  for (const entry of entries) {
    changes.push({
      ...entry,
      textBefore: await read(base.commit, entry, entry.before),
      textAfter: await read(convoy.head, entry, entry.after),
    });
  }
  return ownCheckChanges(settings.verify, changes);
}
