import type { Convoy } from '../../domain/convoy/state.ts';
import type { ActionEnvironment } from './action-environment.ts';
import { type ActionContext, type ActionTown, openActionTown } from './action-town.ts';
import { type Job, type JobTask, jobOf } from './job-task.ts';
import { settleConvoy } from './settle-convoy.ts';
import { takeInEvent } from './take-in-event.ts';
import { wakeConvoys } from './wake-convoys.ts';
import { watchTroubles } from './watch-troubles.ts';
import { workBead } from './work-bead.ts';
import { workOrderedBead } from './work-ordered-bead.ts';

export interface JobResult {
  readonly task: JobTask['kind'];
  /** The convoy that the job was about, as it left it. */
  readonly convoy: Convoy | null;
}

/** `gastown action`: does what this one job is for, on the ledger in the repository's refs, and leaves. */
export async function runEvent(context: ActionContext): Promise<JobResult> {
  const job = jobOf(context.job);
  const { task } = job;
  if (task.kind === 'nothing') return { task: task.kind, convoy: null };
  const troubles = watchTroubles();
  const onProgress: ActionContext['onProgress'] = (progress) => {
    context.onProgress(progress);
    troubles.hear(progress);
  };
  if (task.kind === 'ordered-bead') {
    const convoy = await workOrderedBead({ ...context, onProgress }, job, task.order, troubles.hopeless);
    return { task: task.kind, convoy };
  }
  const works = task.kind === 'bead' || task.kind === 'settle';
  const parts = await openActionTown({ ...context, onProgress }, job, works);
  try {
    return { task: task.kind, convoy: await runTask(parts, job, context.job, troubles.hopeless) };
  } finally {
    await parts.ledger.close();
  }
}

/** What a job does for a convoy whose ledger is in the repository; gives the convoy as it left it. */
export async function runTask(
  parts: ActionTown,
  job: Job,
  given: ActionEnvironment,
  hopeless: Promise<never>,
): Promise<Convoy | null> {
  const { task } = job;
  switch (task.kind) {
    case 'event':
      return takeInEvent(parts, job, given, task.issue);
    case 'bead':
      return workBead(parts, job, task, hopeless);
    case 'settle':
      return settleConvoy(parts, job, task.issue, hopeless);
    case 'clock':
      await wakeConvoys(parts, job);
      return null;
    case 'ordered-bead':
    case 'nothing':
      return null;
  }
}
