import { join } from 'node:path';
import { createGitStores } from '../../adapters/git/create-git-stores.ts';
import { createDashboard } from '../../faces/web/dashboard.ts';
import type { ChangedCommits, Dashboard, DashboardParts } from '../../faces/web/dashboard-parts.ts';
import { Changes } from '../../faces/web/live/changes.ts';
import { openReader } from '../../ledger/open-reader.ts';
import type { Ledger } from '../../ledger/ports/ledger.ts';
import type { GitStores } from '../../town/ports/git-store.ts';
import { followLedgerFile } from './follow-ledger-file.ts';

export interface OpenDashboard {
  readonly dashboard: Dashboard;
  close(): Promise<void>;
}

export interface DashboardSource {
  /** Holds the ledger and the rigs' bare repositories. */
  readonly folder: string;
  /** The ledger itself where this process has it open; null where another process writes it. */
  readonly ledger: Ledger | null;
  readonly access: DashboardParts['access'];
  readonly say: DashboardParts['say'];
}

/** The longest diff that a page shows, in bytes. */
const maxDiffBytes = 200_000;

/** A dashboard on a town's folder. Throws a `LedgerError` where its ledger can't be read. */
export function openDashboard({ folder, ledger, access, say }: DashboardSource): OpenDashboard {
  const reader = openReader(join(folder, 'beads.db'));
  const changes = new Changes();
  const following =
    ledger === null
      ? followLedgerFile(reader, () => changes.tell())
      : ledger.subscribe({ after: 'now', handle: () => changes.tell(), onError: () => null });
  const git = createGitStores({ folder: join(folder, 'rigs'), now: Date.now });
  const diffOf = (repositoryId: number, change: ChangedCommits) => diffIn(git, repositoryId, change);
  const dashboard = createDashboard({ reader, changes, access, say, diffOf, clock: () => new Date() });
  return {
    dashboard,
    async close() {
      dashboard.close();
      await following.close();
      reader.close();
    },
  };
}

async function diffIn(git: GitStores, repositoryId: number, { base, commit }: ChangedCommits) {
  const store = await git.open(repositoryId);
  const known = await Promise.all([store.resolve(base), store.resolve(commit)]);
  return known.includes(null) ? null : store.diff(base, commit, { maxBytes: maxDiffBytes });
}
