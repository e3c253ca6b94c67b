import type { ForgeContext } from '../context.ts';
import type { WorkflowJobRow } from '../store/rows.ts';
import { JobStop } from './jobs/job-stop.ts';
import { runJob, type StartedJob } from './jobs/run-job.ts';
import type { ActionsOptions } from './options.ts';
import { advanceRun } from './runs/advance-run.ts';
import { emitJob } from './runs/emit-job.ts';
import { finishJob } from './runs/finish-job.ts';
import { survivesCancel } from './runs/next-jobs.ts';
import { readRun, runContexts } from './runs/run-facts.ts';
import { startJob } from './runs/start-job.ts';
import { Schedules } from './schedules.ts';
import { startRuns, type TriggerRow } from './triggers/start-runs.ts';
import { loadWorkflow } from './workflow/load-workflow.ts';

/** How many jobs run at once where nothing is said, as on GitHub's free plan. */
const freePlan = 20;

/**
 * The stand-in for GitHub Actions: starts runs of the workflows that it finds, and runs their jobs. What it works on is
 * in the store; it looks there again whenever something may have changed.
 */
export class Actions {
  readonly #context: ForgeContext;
  readonly #options: ActionsOptions;
  readonly #running = new Map<number, { readonly stop: JobStop; readonly ended: Promise<void> }>();
  readonly #schedules: Schedules;
  readonly #waiters: (() => void)[] = [];
  #turns: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(context: Omit<ForgeContext, 'actions'>, options: ActionsOptions) {
    this.#context = { ...context, actions: this };
    this.#options = options;
    this.#schedules = new Schedules(this.#context);
  }

  /** The context in which events start workflows. */
  get context(): ForgeContext {
    return this.#context;
  }

  /** Ends the jobs that an earlier process left behind, and goes on with what waits. */
  async start(): Promise<void> {
    for (const row of this.#jobs('in_progress')) {
      const log = `${row.log}${this.#context.clock().toISOString()} ##[error]The runner has lost communication with the server.\n`;
      finishJob(this.#context, row.id, { conclusion: 'failure', log });
    }
    this.#schedules.start();
    this.wake();
  }

  /** Looks at what there is to do, after all that is being done; returns at once. */
  wake(): void {
    if (this.#closed) return;
    this.#turns = this.#turns.then(() => this.#turn()).catch((error: Error) => process.emitWarning(error));
  }

  /** Starts what is due by a schedule, as if it were that time. */
  fireSchedules(at: Date): Promise<void> {
    return this.#schedules.fire(at);
  }

  /** Asks a run to end: its jobs are cancelled, but for those whose condition holds even so. */
  async cancelRun(id: number): Promise<void> {
    const { store } = this.#context;
    store.run('UPDATE workflow_runs SET cancelled = 1 WHERE id = ?', id);
    const facts = readRun(this.#context, id);
    const parsed = await loadWorkflow(this.#context, facts.row, facts.run.workflow_sha);
    const contexts = runContexts(this.#context, facts, this.#options.variables ?? {});
    for (const row of facts.jobs.filter((one) => one.status !== 'completed')) {
      const job = parsed.kind === 'workflow' ? parsed.workflow.jobs[row.key] : undefined;
      if (job !== undefined && survivesCancel(job, facts.jobs, contexts)) continue;
      await this.#endJob(row.id);
    }
    this.wake();
  }

  /** Lets the runner of a job vanish; false where the job is not running. */
  loseRunner(jobId: number): boolean {
    const running = this.#running.get(jobId);
    running?.stop.lose();
    return running !== undefined;
  }

  /** Ends a job as if its `timeout-minutes` were over; false where it is not running. */
  expireJob(jobId: number): boolean {
    const running = this.#running.get(jobId);
    running?.stop.end('timed out');
    return running !== undefined;
  }

  /** Resolves when no run is open and no event waits. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiters.push(resolve);
      this.wake();
    });
  }

  /** Ends the jobs that run; they stay open in the store, and are lost at the next start. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#schedules.stop();
    for (const { stop } of this.#running.values()) stop.lose();
    await this.#turns;
    await Promise.all([...this.#running.values()].map((one) => one.ended));
    for (const resolve of this.#waiters.splice(0)) resolve();
  }

  async #turn(): Promise<void> {
    const { store } = this.#context;
    const next = () => store.one<TriggerRow>('SELECT * FROM workflow_triggers ORDER BY id LIMIT 1');
    for (let trigger = next(); trigger !== undefined && !this.#closed; trigger = next()) {
      await startRuns(this.#context, trigger);
      store.run('DELETE FROM workflow_triggers WHERE id = ?', trigger.id);
    }
    const open = store.all<{ id: number }>(
      "SELECT id FROM workflow_runs WHERE status <> 'completed' ORDER BY id",
    );
    for (const { id } of open) {
      if (this.#closed) return;
      await advanceRun(this.#context, this.#options, id, (jobId) => this.#endJob(jobId));
    }
    const free = (this.#options.runners ?? freePlan) - this.#running.size;
    for (const row of this.#jobs('queued').slice(0, Math.max(0, free))) await this.#run(row);
    this.#tellIdle();
  }

  #tellIdle(): void {
    const open = this.#context.store.count(
      "SELECT (SELECT count(*) FROM workflow_runs WHERE status <> 'completed') + (SELECT count(*) FROM workflow_triggers)",
    );
    if (open === 0) for (const resolve of this.#waiters.splice(0)) resolve();
  }

  #jobs(status: WorkflowJobRow['status']): WorkflowJobRow[] {
    return this.#context.store.all<WorkflowJobRow>(
      'SELECT * FROM workflow_jobs WHERE status = ? ORDER BY id',
      status,
    );
  }

  /** Cancels a job: one that runs is asked to end, one that waits has ended. */
  async #endJob(jobId: number): Promise<void> {
    const running = this.#running.get(jobId);
    if (running !== undefined) running.stop.end('cancelled');
    else finishJob(this.#context, jobId, { conclusion: 'cancelled' });
  }

  async #run(row: WorkflowJobRow): Promise<void> {
    const started = await startJob(this.#context, row);
    if (started === undefined || this.#closed) return;
    const stop = new JobStop();
    const ended = this.#work(started, stop).catch((error: Error) => process.emitWarning(error));
    this.#running.set(row.id, { stop, ended });
    emitJob(this.#context, row.id, 'in_progress');
  }

  async #work(started: StartedJob, stop: JobStop): Promise<void> {
    const { id } = started.row;
    try {
      const result = await runJob(this.#context, this.#options, started, stop);
      if (!this.#closed) finishJob(this.#context, id, result);
    } finally {
      this.#running.delete(id);
      this.wake();
    }
  }
}
