import type { Convoy } from '../../domain/convoy/state.ts';
import { type ActionContext, openActionTown } from './action-town.ts';
import { type JobTask, jobOf } from './job-task.ts';
import { settleConvoy } from './settle-convoy.ts';
import { takeInEvent } from './take-in-event.ts';
import { wakeConvoys } from './wake-convoys.ts';
import { watchTroubles } from './watch-troubles.ts';
import { workBead } from './work-bead.ts';

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
  const works = task.kind === 'bead' || task.kind === 'settle';
  const parts = await openActionTown({ ...context, onProgress }, job, works);
  try {
    switch (task.kind) {
      case 'event':
        return { task: task.kind, convoy: await takeInEvent(parts, job, context.job, task.issue) };
      case 'bead':
        return { task: task.kind, convoy: await workBead(parts, job, task, troubles.hopeless) };
      case 'settle':
        return { task: task.kind, convoy: await settleConvoy(parts, job, task.issue, troubles.hopeless) };
      case 'clock':
        await wakeConvoys(parts, job);
        return { task: task.kind, convoy: null };
    }
  } finally {
    await parts.ledger.close();
  }
}
