import type { WorkflowJobRow } from '../../store/rows.ts';
import type { Concurrency } from '../workflow/workflow.ts';

/** GitHub's most jobs that wait in a group with `queue: max`. */
const githubsMost = 100;

/** What a job that enters its concurrency group meets, and does to those that are there. */
export interface Entry {
  readonly status: 'queued' | 'pending' | 'refused';
  /** The jobs that its coming cancels. */
  readonly cancels: readonly number[];
}

/**
 * One job of a group runs or may run; one more waits, and a newer one takes its place, unless the group's `queue` is `max`.
 * @param others The open jobs of the group, oldest first.
 */
export function enterGroup(
  rules: Concurrency,
  others: readonly Pick<WorkflowJobRow, 'id' | 'status'>[],
  longest = githubsMost,
): Entry {
  const waiting = others.filter((job) => job.status === 'pending').map((job) => job.id);
  const holding = others.filter((job) => job.status !== 'pending').map((job) => job.id);
  if (holding.length === 0 && waiting.length === 0) return { status: 'queued', cancels: [] };
  if (rules.queue === 'max') {
    return { status: waiting.length < longest ? 'pending' : 'refused', cancels: [] };
  }
  return { status: 'pending', cancels: rules['cancel-in-progress'] ? [...waiting, ...holding] : waiting };
}
