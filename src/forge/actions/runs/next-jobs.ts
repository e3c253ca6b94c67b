import type { WorkflowJobRow } from '../../store/rows.ts';
import {
  type Contexts,
  holdsFor,
  type Status,
  textOf,
  WorkflowExpressionError,
} from '../workflow/expressions.ts';
import type { Job, Workflow } from '../workflow/workflow.ts';

/** What is to become of a job whose needs have ended. */
export type NextJob = { readonly key: string; readonly name: string } & (
  | {
      readonly kind: 'start';
      readonly job: Job;
      readonly group: string | null;
      readonly labels: readonly string[];
    }
  | { readonly kind: 'end'; readonly conclusion: 'skipped' | 'cancelled' }
  | { readonly kind: 'fail'; readonly reason: string }
);

type Known = Pick<WorkflowJobRow, 'key' | 'status' | 'conclusion' | 'outputs'>;

/** The jobs of a run that are not decided yet and could be: all that they need has ended. */
export function nextJobs(
  workflow: Workflow,
  known: readonly Known[],
  contexts: Contexts,
  cancelled: boolean,
): NextJob[] {
  const rows = new Map(known.map((row) => [row.key, row]));
  return Object.entries(workflow.jobs)
    .filter(
      ([key, job]) => !rows.has(key) && job.needs.every((need) => rows.get(need)?.status === 'completed'),
    )
    .map(([key, job]) =>
      decide(key, job, { ...contexts, needs: needsContext(job, rows) }, statusOf(job, rows, cancelled)),
    );
}

/** Whether a job that has started goes on though its run was cancelled. */
export function survivesCancel(job: Job, known: readonly Known[], contexts: Contexts): boolean {
  const rows = new Map(known.map((row) => [row.key, row]));
  return holdsFor(job.if, { ...contexts, needs: needsContext(job, rows) }, statusOf(job, rows, true));
}

export function needsContext(job: Job, rows: ReadonlyMap<string, Known>): Record<string, unknown> {
  return Object.fromEntries(
    job.needs.map((need) => {
      const row = rows.get(need);
      return [need, { result: row?.conclusion ?? '', outputs: JSON.parse(row?.outputs ?? '{}') as unknown }];
    }),
  );
}

function statusOf(job: Job, rows: ReadonlyMap<string, Known>, cancelled: boolean): Status {
  const results = job.needs.map((need) => rows.get(need)?.conclusion);
  return {
    succeeded: results.every((result) => result === 'success'),
    failed: results.includes('failure'),
    cancelled,
  };
}

function decide(key: string, job: Job, contexts: Contexts, status: Status): NextJob {
  try {
    const name = job.name === undefined ? key : textOf(job.name, contexts);
    if (!holdsFor(job.if, contexts, status)) {
      return { key, name, kind: 'end', conclusion: status.cancelled ? 'cancelled' : 'skipped' };
    }
    const labels = job['runs-on'].map((label) => textOf(label, contexts));
    const group =
      job.concurrency === undefined ? null : textOf(job.concurrency.group, contexts).toLowerCase();
    return { key, name, kind: 'start', job, group, labels };
  } catch (error) {
    if (!(error instanceof WorkflowExpressionError)) throw error;
    return { key, name: key, kind: 'fail', reason: error.message };
  }
}
