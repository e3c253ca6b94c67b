import { makeJobToken, revokeToken } from '../../auth/job-token.ts';
import type { ForgeContext } from '../../context.ts';
import type { WorkflowJobRow } from '../../store/rows.ts';
import type { ActionsOptions } from '../options.ts';
import { needsContext } from '../runs/next-jobs.ts';
import { eventPayload, type RunFacts, runContexts } from '../runs/run-facts.ts';
import { type Contexts, textsOf, WorkflowExpressionError } from '../workflow/expressions.ts';
import { permissionsOf } from '../workflow/job-permissions.ts';
import type { Job, Workflow } from '../workflow/workflow.ts';
import { makeJobFiles } from './job-files.ts';
import { JobLog } from './job-log.ts';
import type { JobStop } from './job-stop.ts';
import { runSteps, type StepReport } from './run-steps.ts';

/** How a job ended. */
export interface JobResult {
  readonly conclusion: 'success' | 'failure' | 'cancelled';
  readonly outputs: Readonly<Record<string, string>>;
  readonly steps: readonly StepReport[];
  readonly log: string;
  readonly summary: string;
}

export interface StartedJob {
  readonly facts: RunFacts;
  readonly workflow: Workflow;
  readonly job: Job;
  readonly row: WorkflowJobRow;
  /** Name of the runner that it is on. */
  readonly runner: string;
}

/** Runs a job's steps one after another, with files and a token of its own that both go when it ends. */
export async function runJob(
  context: ForgeContext,
  options: ActionsOptions,
  started: StartedJob,
  stop: JobStop,
): Promise<JobResult> {
  const { facts, workflow, job, row } = started;
  const secrets = options.secrets ?? {};
  const token = makeJobToken(
    context,
    facts.repository.id,
    permissionsOf(job.permissions ?? workflow.permissions),
  );
  const log = new JobLog(context.clock, [token, ...Object.values(secrets)]);
  const files = await makeJobFiles(`${context.folder}/jobs/${row.id}`, eventPayload(context, facts));
  const minutes = job['timeout-minutes'];
  const late = setTimeout(() => stop.end('timed out'), minutes * 60_000);
  try {
    const contexts = jobContexts(context, options, started, token);
    const done = await runSteps({ context, options, started, contexts, files, log, stop });
    const outputs = textsOf(job.outputs, { ...contexts, steps: done.steps });
    sayWhyEnded(log, stop, minutes);
    return {
      conclusion: concluded(done.failed, stop),
      outputs,
      steps: done.reports,
      log: log.text(),
      summary: done.summary,
    };
  } catch (error) {
    if (!(error instanceof WorkflowExpressionError)) throw error;
    log.line(`::error::${error.message}`);
    return { conclusion: 'failure', outputs: {}, steps: [], log: log.text(), summary: '' };
  } finally {
    clearTimeout(late);
    stop.clear();
    revokeToken(context, token);
    await files.remove();
  }
}

function jobContexts(
  context: ForgeContext,
  options: ActionsOptions,
  { facts, job, row, runner }: StartedJob,
  token: string,
): Contexts {
  const contexts = runContexts(context, facts, options.variables ?? {});
  const rows = new Map(facts.jobs.map((one) => [one.key, one]));
  return {
    ...contexts,
    github: { ...(contexts.github as object), token, job: row.key },
    secrets: { ...options.secrets, GITHUB_TOKEN: token },
    needs: needsContext(job, rows),
    runner: { name: runner, os: 'Linux', arch: 'X64', environment: 'self-hosted' },
    env: {},
    steps: {},
  };
}

function concluded(failed: boolean, stop: JobStop): JobResult['conclusion'] {
  if (stop.reason === 'cancelled' || stop.reason === 'timed out') return 'cancelled';
  return failed || stop.reason === 'lost' ? 'failure' : 'success';
}

function sayWhyEnded(log: JobLog, stop: JobStop, minutes: number): void {
  if (stop.reason === 'cancelled') log.line('::error::The operation was canceled.');
  if (stop.reason === 'timed out') {
    log.line(`::error::The job has exceeded the maximum execution time of ${minutes} minutes.`);
  }
  if (stop.reason === 'lost') {
    log.line('::error::The runner has lost communication with the server.');
  }
}
