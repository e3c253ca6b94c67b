import { convoyStream, parseConvoyStream } from '../../domain/convoy/convoy-stream.ts';
import { nextSteps } from '../../domain/convoy/next-steps.ts';
import { refsPrefix, streamOf } from '../../ledger/git-refs/stream-refs.ts';
import { LedgerError } from '../../ledger/ledger-error.ts';
import type { ActionTown } from './action-town.ts';
import { checkHeads } from './check-heads.ts';
import { followConvoy } from './follow-convoy.ts';
import type { Job } from './job-task.ts';

export interface StandingConvoys {
  /** The numbers of the convoys whose refs are there, which are those that have not ended. */
  readonly live: readonly number[];
  /** Of those whose beads' work is there although they are not: a convoy's end takes all of it away at once. */
  readonly headless: readonly number[];
}

/** Which convoys a repository has, by the names of its refs alone. */
export async function standingConvoys(
  { ledger }: Pick<ActionTown, 'ledger'>,
  { rig }: Job,
): Promise<StandingConvoys> {
  const refs = await ledger.list(refsPrefix);
  const live = refs.flatMap((ref) => {
    const stream = streamOf(ref, rig.id);
    return stream === null ? [] : (parseConvoyStream(stream)?.issue ?? []);
  });
  const worked = refs.flatMap((ref) => {
    const [kind, name = ''] = ref.slice(refsPrefix.length).split('/');
    return kind === 'work' || kind === 'git' ? Number.parseInt(name, 10) : [];
  });
  return { live, headless: [...new Set(worked)].filter((issue) => !live.includes(issue)) };
}

/**
 * The clock of a town with no server: starts a run that settles for each convoy that waits for anything, and says it of one
 * whose ledger someone took away.
 */
export async function wakeConvoys(parts: ActionTown, job: Job): Promise<readonly number[]> {
  const { town, ledger } = parts;
  const woken: number[] = [];
  const { live, headless } = await standingConvoys(parts, job);
  for (const issue of live) {
    const followed = await followConvoy(ledger, job.rig, issue);
    if (followed === null || nextSteps(followed.convoy).length === 0) continue;
    await town.runs?.start({ rig: job.rig, issue, bead: null, order: `${issue}.clock` });
    woken.push(issue);
  }
  for (const issue of headless) await sayIfGone(parts, job, issue);
  return woken;
}

/** The clock goes on for the other convoys. */
async function sayIfGone(parts: ActionTown, job: Job, issue: number): Promise<void> {
  try {
    await checkHeads(parts, job, { stream: convoyStream(job.rig.id, issue), issue });
  } catch (error) {
    if (!(error instanceof LedgerError && error.fault.kind === 'not-descended')) throw error;
  }
}
