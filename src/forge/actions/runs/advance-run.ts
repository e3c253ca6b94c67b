import { type ForgeContext, timestamp } from '../../context.ts';
import { moveRun } from '../../effects/workflow-runs.ts';
import { findUserById } from '../../store/users.ts';
import type { ActionsOptions } from '../options.ts';
import { type Contexts, textOf, WorkflowExpressionError } from '../workflow/expressions.ts';
import { loadWorkflow } from '../workflow/load-workflow.ts';
import type { Workflow } from '../workflow/workflow.ts';
import { emitJob } from './emit-job.ts';
import { enterGroup } from './enter-group.ts';
import { finishJob, listGroup } from './finish-job.ts';
import { type NextJob, nextJobs } from './next-jobs.ts';
import { type RunFacts, readRun, runContexts } from './run-facts.ts';

/** Ends a job that another one pushes out. */
type EndJob = (jobId: number) => Promise<void>;

/** Takes a run as far as it goes: decides the jobs whose needs have ended, and ends the run once all have. */
export async function advanceRun(
  context: ForgeContext,
  options: ActionsOptions,
  id: number,
  endJob: EndJob,
): Promise<void> {
  const facts = readRun(context, id);
  const parsed = await loadWorkflow(context, facts.row, facts.run.workflow_sha);
  if (parsed.kind === 'invalid') return failStart(context, facts, parsed.errors);
  const contexts = runContexts(context, facts, options.variables ?? {});
  if (facts.jobs.length === 0) nameRun(context, facts, parsed.workflow, contexts);
  const decide = () => {
    const now = readRun(context, id);
    return nextJobs(parsed.workflow, now.jobs, contexts, now.run.cancelled === 1);
  };
  for (let next = decide(); next.length > 0; next = decide()) {
    for (const job of next)
      await place(context, facts, job, { endJob, waitingInGroup: options.waitingInGroup });
  }
  await concludeIfDone(context, id, Object.keys(parsed.workflow.jobs).length);
}

/** Gives the run the title that its workflow asks for. One that can't be worked out keeps what caused it as its title. */
function nameRun(context: ForgeContext, { run }: RunFacts, workflow: Workflow, contexts: Contexts): void {
  if (workflow['run-name'] === undefined) return;
  try {
    const title = textOf(workflow['run-name'], contexts).trim();
    if (title !== '') context.store.run('UPDATE workflow_runs SET title = ? WHERE id = ?', title, run.id);
  } catch (error) {
    if (!(error instanceof WorkflowExpressionError)) throw error;
  }
}

/** A workflow that can't be read is a run that failed to start, with one job whose log says why. */
async function failStart(context: ForgeContext, facts: RunFacts, errors: readonly string[]): Promise<void> {
  const id = insertJob(context, facts, { key: 'workflow', name: 'Read the workflow' }, 'queued', [], null);
  const at = context.clock().toISOString();
  const log = ['The workflow is not valid.', ...errors].map((line) => `${at} ##[error]${line}\n`).join('');
  finishJob(context, id, { conclusion: 'failure', log });
  await conclude(context, facts, 'startup_failure');
}

function insertJob(
  context: ForgeContext,
  { run }: RunFacts,
  { key, name }: Pick<NextJob, 'key' | 'name'>,
  status: 'queued' | 'pending',
  labels: readonly string[],
  group: string | null,
): number {
  return context.store.run(
    'INSERT INTO workflow_jobs (run_id, attempt, key, name, status, labels, concurrency, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    run.id,
    run.attempt,
    key,
    name,
    status,
    JSON.stringify(labels),
    group,
    timestamp(context.clock()),
  ).id;
}

async function place(
  context: ForgeContext,
  facts: RunFacts,
  next: NextJob,
  {
    endJob,
    waitingInGroup,
  }: { readonly endJob: EndJob; readonly waitingInGroup: ActionsOptions['waitingInGroup'] },
): Promise<void> {
  if (next.kind === 'end') {
    const id = insertJob(context, facts, next, 'queued', [], null);
    context.store.run(
      "UPDATE workflow_jobs SET status = 'completed', conclusion = ?, completed_at = created_at WHERE id = ?",
      next.conclusion,
      id,
    );
    return emitJob(context, id, 'completed');
  }
  if (next.kind === 'fail') {
    const id = insertJob(context, facts, next, 'queued', [], null);
    const log = `${context.clock().toISOString()} ##[error]${next.reason}\n`;
    return finishJob(context, id, { conclusion: 'failure', log });
  }
  const id = insertJob(context, facts, next, 'pending', next.labels, next.group);
  const rules = next.job.concurrency;
  const entry =
    rules === undefined
      ? { status: 'queued' as const, cancels: [] }
      : enterGroup(rules, listGroup(context, id), waitingInGroup);
  for (const other of entry.cancels) await endJob(other);
  if (entry.status === 'refused') return finishJob(context, id, { conclusion: 'cancelled' });
  if (entry.status === 'pending') return;
  context.store.run("UPDATE workflow_jobs SET status = 'queued' WHERE id = ?", id);
  emitJob(context, id, 'queued');
}

async function concludeIfDone(context: ForgeContext, id: number, count: number): Promise<void> {
  const facts = readRun(context, id);
  if (facts.jobs.length < count || facts.jobs.some((job) => job.status !== 'completed')) return;
  const conclusions = facts.jobs.map((job) => job.conclusion);
  const worst = ['failure', 'cancelled', 'success'].find((one) => conclusions.includes(one));
  await conclude(context, facts, facts.run.cancelled === 1 ? 'cancelled' : (worst ?? 'skipped'));
}

async function conclude(context: ForgeContext, { run }: RunFacts, conclusion: string): Promise<void> {
  const sender = findUserById(context.store, run.user_id);
  await moveRun(context, run.id, { status: 'completed', conclusion }, sender);
}
