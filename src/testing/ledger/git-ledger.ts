import { join } from 'node:path';
import { createRefStore, type RefStoreOptions } from '../../adapters/git/ref-store/create-ref-store.ts';
import {
  type GitLedger,
  type GitLedgerOptions,
  openGitLedger,
} from '../../ledger/git-refs/open-git-ledger.ts';
import { newUuidV7 } from '../../ledger/log/uuid.ts';
import { openLedger } from '../../ledger/open-ledger.ts';
import type { RefStore } from '../../ledger/ports/ref-store.ts';
import type { Remote } from '../../town/ports/git-store.ts';

export interface GitLedgerUnderTest extends GitLedger {
  readonly refs: RefStore;
}

export type GitLedgerChoice = Partial<
  Pick<GitLedgerOptions, 'seal' | 'pace' | 'secrets' | 'onTrouble' | 'commitsMax'>
> & {
  readonly patience?: RefStoreOptions['patience'];
  readonly beside?: string;
  /** Stands between the ledger and its real store. */
  readonly between?: (refs: RefStore) => RefStore;
};

/** One runner's ledger over a repository that others share: its own working copy and its own objects, in a folder of its own. */
export async function gitLedgerOn(
  remote: Remote,
  folder: string,
  { between = (refs) => refs, patience, beside, ...choice }: GitLedgerChoice = {},
): Promise<GitLedgerUnderTest> {
  const clock = (): Date => new Date();
  const refs = between(
    await createRefStore({
      repository: join(folder, 'ledger.git'),
      remote: async () => remote,
      clock,
      ...(patience === undefined ? {} : { patience }),
      ...(beside === undefined ? {} : { beside }),
    }),
  );
  const ledger = openGitLedger({
    inner: openLedger({ path: join(folder, 'beads.db'), clock, synchronous: 'normal' }),
    refs,
    clock,
    newId: () => newUuidV7(clock),
    seal: 'plain',
    secrets: [],
    commitsMax: 500,
    pace: { soonMs: 60_000, longestMs: 60_000 },
    onTrouble: (error) => {
      throw error;
    },
    ...choice,
  });
  return { ...ledger, refs };
}
