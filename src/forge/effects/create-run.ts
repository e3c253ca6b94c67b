import { type ForgeContext, now } from '../context.ts';
import type { Json } from '../render/view.ts';
import type { UserRow, WorkflowRow } from '../store/rows.ts';
import { emitRun } from './workflow-runs.ts';

/** What starts a run, and what it is about. */
export interface NewRun {
  readonly event: string;
  /** The event's payload, without the repository and the sender that every payload has. */
  readonly payload: Json;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly sender: UserRow;
  readonly title: string;
  readonly sha: string;
  /** In full, `refs/...`. */
  readonly ref: string;
  /** The commit that the workflow's file is taken from. */
  readonly workflowSha: string;
}

/** Stores a queued run of a workflow and announces it; returns its id. */
export async function createRun(context: ForgeContext, workflow: WorkflowRow, run: NewRun): Promise<number> {
  const at = now(context);
  const { id } = context.store.run(
    `INSERT INTO workflow_runs (workflow_id, number, event, status, head_branch, head_sha, user_id, inputs, created_at, updated_at,
       title, ref, payload, workflow_sha)
     VALUES (?, (SELECT count(*) + 1 FROM workflow_runs WHERE workflow_id = ?), ?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    workflow.id,
    workflow.id,
    run.event,
    run.ref.replace(/^refs\/(heads|tags)\//, ''),
    run.sha,
    run.sender.id,
    JSON.stringify(run.inputs),
    at,
    at,
    run.title,
    run.ref,
    JSON.stringify(run.payload),
    run.workflowSha,
  );
  await emitRun(context, id, 'requested', run.sender);
  context.actions?.wake();
  return id;
}
