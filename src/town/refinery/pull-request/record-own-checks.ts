import { createHash } from 'node:crypto';
import { listOwnChecks } from '../../../domain/convoy/decisions/list-own-checks.ts';
import type { Convoy } from '../../../domain/convoy/state.ts';
import { verificationCommand } from '../../../domain/convoy/verification-command.ts';
import { type CheckChange, isCheckPath, ownCheckChanges } from '../../../domain/merge-queue/own-checks.ts';
import { approvalSubject, type ChangedEntry } from '../../../domain/merge-queue/protected-paths.ts';
import type { GitStore, Oid } from '../../ports/git-store.ts';
import type { RefineryDesk } from '../refinery-desk.ts';
import { fewerTests } from './compare-tests.ts';

const textBytesRead = 512 * 1024;
const hashLength = 16;

/** Records what the head changes about the checks that judge it, for people to see before they merge; once for each head. */
export async function recordOwnChecks(desk: RefineryDesk, signal: AbortSignal): Promise<void> {
  const convoy = desk.convoy();
  const commit = convoy.head;
  if (convoy.ownChecks?.commit === commit) return;
  const entries = await desk.store.changedEntries(convoy.baseCommit, commit);
  const changes = [...(await checkChanges(desk.store, convoy, entries)), ...(await fewerTests(desk, signal))];
  const hash = changes.length === 0 ? null : hashOf(changes, entries);
  await desk.decide(`checks:${commit}`, (state) => listOwnChecks(state, { commit, hash, changes }));
}

async function checkChanges(
  store: GitStore,
  convoy: Convoy,
  entries: readonly ChangedEntry[],
): Promise<readonly CheckChange[]> {
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
      textBefore: await read(convoy.baseCommit, entry, entry.before),
      textAfter: await read(convoy.head, entry, entry.after),
    });
  }
  return ownCheckChanges(verificationCommand(convoy), changes);
}

/** What a person approves: these very changes of these very files. */
function hashOf(changes: readonly CheckChange[], entries: readonly ChangedEntry[]): string {
  const listed = new Set(changes.map(({ path }) => path));
  const contents = approvalSubject(entries.filter(({ path }) => listed.has(path)));
  const said = changes.map(({ path, what }) => `${path}\0${what}`).sort();
  return createHash('sha256')
    .update([contents, ...said].join('\n'))
    .digest('hex')
    .slice(0, hashLength);
}
