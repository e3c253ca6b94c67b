import { Cron } from 'croner';
import type { ForgeContext } from '../context.ts';
import { createRun } from '../effects/create-run.ts';
import { listWorkflows } from '../routes/actions/find-workflow.ts';
import type { RepositoryRow } from '../store/rows.ts';
import { findUserById } from '../store/users.ts';
import { defaultHead } from './default-head.ts';
import { parseText } from './workflow/load-workflow.ts';

const minute = 60_000;

/** Starts the workflows whose `schedule` is due, once a minute on the forge's clock. */
export class Schedules {
  readonly #context: ForgeContext;
  #timer: NodeJS.Timeout | undefined;
  #seen: number;

  constructor(context: ForgeContext) {
    this.#context = context;
    this.#seen = context.clock().getTime();
  }

  start(): void {
    this.#timer = setInterval(() => {
      const from = this.#seen;
      this.#seen = this.#context.clock().getTime();
      this.#fireBetween(from, this.#seen).catch((error: Error) => process.emitWarning(error));
    }, minute);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Starts what is due in the minute of `at`. */
  fire(at: Date): Promise<void> {
    const start = Math.floor(at.getTime() / minute) * minute;
    return this.#fireBetween(start - 1, start + minute - 1);
  }

  async #fireBetween(from: number, to: number): Promise<void> {
    const { store } = this.#context;
    for (const repository of store.all<RepositoryRow>('SELECT * FROM repositories ORDER BY id')) {
      await this.#fireRepository(repository, from, to);
    }
  }

  async #fireRepository(repository: RepositoryRow, from: number, to: number): Promise<void> {
    const context = this.#context;
    const head = await defaultHead(context, repository);
    if (head === undefined) return;
    for (const { row, text } of await listWorkflows(context, repository)) {
      const parsed = await parseText(row.path, text);
      const due = parsed.kind === 'workflow' ? (parsed.workflow.on.schedule ?? []) : [];
      for (const { cron } of due.filter((one) => isDue(one.cron, from, to))) {
        const sender = findUserById(context.store, repository.owner_id);
        const about = { ...head, workflowSha: head.sha };
        const payload = { schedule: cron, workflow: row.path };
        await createRun(context, row, {
          event: 'schedule',
          payload,
          inputs: {},
          sender,
          title: row.name,
          ...about,
        });
      }
    }
  }
}

/** Whether a POSIX cron expression, in UTC, falls after `from` and not after `to` (milliseconds). */
export function isDue(cron: string, from: number, to: number): boolean {
  const next = new Cron(cron, { timezone: 'UTC', paused: true, mode: '5-part' }).nextRun(new Date(from));
  return next !== null && next.getTime() <= to;
}
