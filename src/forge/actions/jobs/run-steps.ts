import type { ForgeContext } from '../../context.ts';
import type { ActionsOptions } from '../options.ts';
import { type Contexts, holdsFor, textOf, textsOf } from '../workflow/expressions.ts';
import type { Step } from '../workflow/workflow.ts';
import { UnknownActionError } from './action-metadata.ts';
import { FileCommandError, readFileCommands } from './file-commands.ts';
import { type JobFiles, readStepFile, type StepFiles } from './job-files.ts';
import type { JobLog } from './job-log.ts';
import type { JobStop } from './job-stop.ts';
import { runAction } from './run-action.ts';
import type { StartedJob } from './run-job.ts';

/** A step as the API shows it. */
export interface StepReport {
  readonly name: string;
  readonly number: number;
  readonly status: 'completed';
  readonly conclusion: 'success' | 'failure' | 'skipped' | 'cancelled';
  readonly started_at: string;
  readonly completed_at: string;
}

export interface StepsRun {
  readonly context: ForgeContext;
  readonly options: ActionsOptions;
  readonly started: StartedJob;
  readonly contexts: Contexts;
  readonly files: JobFiles;
  readonly log: JobLog;
  readonly stop: JobStop;
}

export interface StepsDone {
  readonly reports: readonly StepReport[];
  /** The `steps` context after the last. */
  readonly steps: Readonly<Record<string, unknown>>;
  readonly failed: boolean;
  readonly summary: string;
}

interface StepDone {
  readonly conclusion: StepReport['conclusion'];
  readonly outputs: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** Runs the steps whose conditions hold; a failed one is followed by those alone that ask for it. @throws WorkflowExpressionError */
export async function runSteps(run: StepsRun): Promise<StepsDone> {
  const reports: StepReport[] = [];
  const steps: Record<string, unknown> = {};
  let env: Readonly<Record<string, string>> = textsOf(
    { ...run.started.workflow.env, ...run.started.job.env },
    run.contexts,
  );
  let summary = '';
  let failed = false;
  for (const [index, step] of run.started.job.steps.entries()) {
    const contexts: Contexts = { ...run.contexts, env, steps };
    const started_at = run.context.clock().toISOString();
    const name = step.name === undefined ? `Run ${step.uses}` : textOf(step.name, contexts);
    const done = await oneStep(run, step, index + 1, contexts, failed, name);
    env = { ...env, ...done.env };
    summary += done.summary;
    failed ||= done.conclusion === 'failure' || done.conclusion === 'cancelled';
    const { conclusion, outputs } = done;
    if (step.id !== undefined) steps[step.id] = { outputs, conclusion, outcome: conclusion };
    const completed_at = run.context.clock().toISOString();
    reports.push({ name, number: index + 1, status: 'completed', conclusion, started_at, completed_at });
  }
  return { reports, steps, failed, summary };
}

async function oneStep(
  run: StepsRun,
  step: Step,
  number: number,
  contexts: Contexts,
  failed: boolean,
  name: string,
): Promise<StepDone> {
  const { log, stop, files } = run;
  const nothing = { outputs: {}, env: {}, summary: '' };
  const stopped = stop.reason !== undefined;
  const status = { succeeded: !failed && !stopped, failed, cancelled: stopped };
  if (stop.reason === 'lost' || !holdsFor(step.if, contexts, status))
    return { ...nothing, conclusion: 'skipped' };
  log.line(`##[group]${name}`);
  const stepFiles = await files.forStep(number);
  try {
    const code = await runAction(run, step, number, contexts, stepFiles);
    log.endLine();
    log.line('##[endgroup]');
    if (code.exit !== 0) log.line(`::error::Process completed with exit code ${code.exit}.`);
    const ended = stopped ? undefined : stop.reason;
    const conclusion = ended === undefined ? (code.exit === 0 ? 'success' : 'failure') : 'cancelled';
    return { ...(await commandsOf(stepFiles)), ...code.more, conclusion };
  } catch (error) {
    if (!(error instanceof UnknownActionError) && !(error instanceof FileCommandError)) throw error;
    log.line('##[endgroup]');
    log.line(`::error::${error.message}`);
    return { ...nothing, conclusion: 'failure' };
  }
}

async function commandsOf(stepFiles: StepFiles): Promise<Omit<StepDone, 'conclusion'>> {
  return {
    outputs: readFileCommands(await readStepFile(stepFiles.output)),
    env: readFileCommands(await readStepFile(stepFiles.env)),
    summary: await readStepFile(stepFiles.summary),
  };
}
