import { bareRepositoryPath, type ForgeContext, now } from '../context.ts';
import { readCommit } from '../git/commits.ts';
import type { Json, View } from '../render/view.ts';
import { renderWorkflow, renderWorkflowRun } from '../render/workflow.ts';
import { findRepositoryById } from '../store/repositories.ts';
import type { RepositoryRow, UserRow, WorkflowRow, WorkflowRunRow } from '../store/rows.ts';
import { emit } from '../webhooks/emit.ts';

export function findRun(
  context: ForgeContext,
  id: number,
): { run: WorkflowRunRow; workflow: WorkflowRow } | undefined {
  const run = context.store.one<WorkflowRunRow>('SELECT * FROM workflow_runs WHERE id = ?', id);
  const workflow =
    run && context.store.one<WorkflowRow>('SELECT * FROM workflows WHERE id = ?', run.workflow_id);
  return run === undefined || workflow === undefined ? undefined : { run, workflow };
}

/** A run as the API shows it, with its head commit read from git. */
export async function renderRun(
  context: ForgeContext,
  view: View,
  repository: RepositoryRow,
  workflow: WorkflowRow,
  run: WorkflowRunRow,
): Promise<Json> {
  const commit = await readCommit(bareRepositoryPath(context, repository.id), run.head_sha);
  if (commit === undefined) throw new Error(`the commit of workflow run ${run.id} is gone`);
  return renderWorkflowRun(view, repository, workflow, run, {
    id: commit.sha,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: commit.committer.date,
    author: { name: commit.author.name, email: commit.author.email },
    committer: { name: commit.committer.name, email: commit.committer.email },
  });
}

export interface RunState {
  readonly status: 'queued' | 'in_progress' | 'completed';
  readonly conclusion: string | null;
}

/** Moves a run on and says so; whoever plays the runner calls it. */
export async function moveRun(
  context: ForgeContext,
  id: number,
  state: RunState,
  sender: UserRow,
): Promise<void> {
  context.store.run(
    'UPDATE workflow_runs SET status = ?, conclusion = ?, updated_at = ? WHERE id = ?',
    state.status,
    state.conclusion,
    now(context),
    id,
  );
  await emitRun(context, id, state.status === 'queued' ? 'requested' : state.status, sender);
}

/** Queues `workflow_run.ACTION`. */
export async function emitRun(
  context: ForgeContext,
  id: number,
  action: 'requested' | 'in_progress' | 'completed',
  sender: UserRow,
): Promise<void> {
  const found = findRun(context, id);
  if (found === undefined) throw new Error(`workflow run ${id} is gone`);
  const repository = findRepositoryById(context.store, found.workflow.repository_id);
  const workflow_run = await renderRun(context, context.view, repository, found.workflow, found.run);
  const workflow = renderWorkflow(context.view, repository, found.workflow);
  emit(context, repository, sender, 'workflow_run', { action, workflow_run, workflow });
}
