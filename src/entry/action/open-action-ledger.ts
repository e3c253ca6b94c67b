import { join } from 'node:path';
import { rigRepository } from '../../adapters/git/create-git-stores.ts';
import { createRefStore } from '../../adapters/git/ref-store/create-ref-store.ts';
import { type GitLedger, openGitLedger } from '../../ledger/git-refs/open-git-ledger.ts';
import { createSeal, type Seal } from '../../ledger/git-refs/seal.ts';
import { newUuidV7 } from '../../ledger/log/uuid.ts';
import type { Remote } from '../../town/ports/git-store.ts';
import { rigsFolder } from '../build-town.ts';
import { openTownLedger } from '../open-town-ledger.ts';
import type { ActionEnvironment } from './action-environment.ts';
import { secretsOf } from './action-inputs.ts';
import type { Job } from './job-task.ts';
import { pauseAfterLost, pushPatience } from './push-patience.ts';

/** GitHub advises six pushes a minute and repository, so what can wait does. */
const pace = { soonMs: 5_000, longestMs: 60_000 };

/** After so many commits a stream is put into one, so that a new runner has little to fetch. */
const commitsMax = 200;

/** The ledger in the repository's own refs, with this job's working copy. */
export async function openActionLedger(
  env: ActionEnvironment,
  job: Job,
  remote: () => Promise<Remote>,
  onTrouble: (error: unknown) => void,
  patience = pushPatience,
): Promise<GitLedger> {
  const clock = (): Date => new Date();
  const refs = await createRefStore({
    repository: join(env.folder, 'ledger.git'),
    beside: rigRepository(rigsFolder(env.folder), job.rig.id),
    remote,
    clock,
    patience,
  });
  return openGitLedger({
    inner: openTownLedger(env.folder, 'gastown action'),
    refs,
    clock,
    newId: () => newUuidV7(clock),
    seal: sealOf(env, job),
    secrets: secretsOf(env.inputs),
    pace,
    afterLost: (losses) => patience.wait(pauseAfterLost(losses)),
    commitsMax,
    onTrouble,
  });
}

/** Sessions are for nobody's eyes but the town's: on a public repository they are sealed, or not kept there at all. */
export function sealOf({ inputs }: ActionEnvironment, { isPublic }: Job): Seal | 'plain' | 'withheld' {
  const key = inputs['ledger-key'];
  if (key !== undefined) return createSeal(key);
  return isPublic ? 'withheld' : 'plain';
}
