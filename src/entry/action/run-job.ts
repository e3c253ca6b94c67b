import type { Convoy } from '../../domain/convoy/state.ts';
import { exitStatus } from '../../faces/cli/exit-status.ts';
import { createPlainView } from '../../faces/cli/view/plain-view.ts';
import { exitFor, summarise } from '../../faces/cli/view/run-summary.ts';
import { actionEnvironment, programEnvironment } from './action-environment.ts';
import { secretsOf } from './action-inputs.ts';
import { type JobLog, openJobLog } from './job-log.ts';
import { writeOutputs, writeSummary } from './job-results.ts';
import { runEvent } from './run-event.ts';

export interface JobContext {
  readonly env: NodeJS.ProcessEnv;
  readonly print: (text: string) => void;
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
}

/**
 * One job: the story as plain lines in its log, its outputs and its summary page; red, with an annotation that says why,
 * where it could not do its work or a convoy did not succeed.
 */
export async function runJob({ env, print, now }: JobContext): Promise<number> {
  const startedAt = now();
  const log = openJobLog(print);
  try {
    const job = await actionEnvironment(env);
    for (const secret of secretsOf(job.inputs)) log.mask(secret);
    const view = createPlainView(log.write);
    log.group('Gas Town: getting ready');
    const { task, convoy } = await runEvent({
      job,
      env: programEnvironment(env, job.inputs),
      write: log.write,
      onProgress: view.progress,
      onLedger(ledger) {
        log.group('Gas Town: the story');
        ledger.subscribe({ after: 0, handle: view.event, onError: () => null });
      },
    });
    log.endGroup();
    const status =
      convoy === null
        ? exitStatus.ok.code
        : await conclude(convoy, { env, wallMs: now() - startedAt, log, view, isLast: task === 'settle' });
    await view.close();
    return status;
  } catch (error) {
    log.endGroup();
    log.annotate('error', 'Gas Town', error instanceof Error ? error.message : String(error));
    throw error;
  }
}

interface Ending {
  readonly env: NodeJS.ProcessEnv;
  readonly wallMs: number;
  readonly log: JobLog;
  readonly view: ReturnType<typeof createPlainView>;
  /** The job has done all that could be done for the convoy now, and answers for how it stands. */
  readonly isLast: boolean;
}

async function conclude(convoy: Convoy, { env, wallMs, log, view, isLast }: Ending): Promise<number> {
  const summary = summarise({ convoy, wallMs, workspace: convoy.opened.repository.name });
  await writeOutputs(env, summary);
  await writeSummary(env, convoy);
  if (!isLast || (convoy.pullRequest === null && convoy.ended === null)) return exitStatus.ok.code;
  view.summary(summary);
  const exit = exitFor(summary);
  const title = `Convoy #${convoy.opened.issue}`;
  if (summary.ok) log.annotate('notice', title, `Pull request #${summary.pullRequest?.number} is open.`);
  else log.annotate('error', title, exitStatus[exit].means);
  return exitStatus[exit].code;
}
