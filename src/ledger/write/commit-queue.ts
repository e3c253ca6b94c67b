import type { Database } from 'better-sqlite3';
import { LedgerError } from '../ledger-error.ts';
import { sqliteFailure } from '../sqlite/sqlite-failure.ts';

/** What happens around the works of one transaction. */
export interface TransactionHooks {
  /** After BEGIN: what is remembered of the file is brought up to date. */
  begun(): void;
  /** Before COMMIT: what was held back is written. */
  committing(): void;
  /** After COMMIT of so many works. */
  committed(works: number): void;
  /** After ROLLBACK: what is remembered of the undone writes is dropped. */
  rolledBack(): void;
}

interface Work {
  readonly run: () => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export interface CommitQueue {
  /** Runs `work` in the next transaction; resolves once that is durable. */
  enqueue<R>(work: () => R): Promise<R>;
  /** Runs what waits at once. */
  flush(): void;
  /** Takes no more work; what waits is done. */
  close(): void;
}

/** How many lonely works follow each other before timers, sockets and files have their turn. */
const lonelyInARow = 16;
/** What `PRAGMA synchronous` answers for NORMAL; FULL and EXTRA are above. */
const synchronousNormal = 1;

/**
 * Group commit: all works of one turn of the event loop share one transaction, and so one wait for the disk. When one of
 * them throws, the transaction is undone and each is run again in one of its own, so that only the thrower fails.
 *
 * Where a commit does not wait for the disk (`synchronous = NORMAL`), a turn costs a lonely writer a sixth of its time and
 * gathers nothing. So after a transaction with a single work the next one begins as soon as the running code has come to its
 * end, which still gathers all that this code enqueues. Where it does wait, a turn is cheap beside the wait: what comes in
 * from several sockets is always gathered.
 */
export function openCommitQueue(db: Database, path: string, hooks: TransactionHooks): CommitQueue {
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const rollback = db.prepare('ROLLBACK');
  const waitsForDisk = Number(db.pragma('synchronous', { simple: true })) > synchronousNormal;
  let waiting: Work[] = [];
  let turn: NodeJS.Immediate | undefined;
  let isScheduled = false;
  /** How many transactions with a single work there were since the last one with more. */
  let lonely = 0;
  let closed = false;

  /** The works' results in order, or what one of them threw; nothing of it is kept then. */
  const transact = (works: readonly Work[]): { values: unknown[] } | { error: unknown } => {
    try {
      begin.run();
      hooks.begun();
      const values = works.map((work) => work.run());
      hooks.committing();
      commit.run();
      hooks.committed(works.length);
      return { values };
    } catch (error) {
      if (db.inTransaction) rollback.run();
      hooks.rolledBack();
      return { error: sqliteFailure(error, path) };
    }
  };

  const runAlone = (work: Work): void => {
    const done = transact([work]);
    if ('error' in done) work.reject(done.error);
    else work.resolve(done.values[0]);
  };

  const schedule = (): void => {
    if (isScheduled) return;
    isScheduled = true;
    if (waitsForDisk || lonely % lonelyInARow === 0) turn = setImmediate(flush);
    else queueMicrotask(flush);
  };

  const flush = (): void => {
    clearImmediate(turn);
    turn = undefined;
    isScheduled = false;
    const works = waiting;
    waiting = [];
    if (works.length === 0) return;
    lonely = works.length === 1 ? lonely + 1 : 0;
    const done = transact(works);
    if ('values' in done) {
      for (const [index, work] of works.entries()) work.resolve(done.values[index]);
    } else if (works.length === 1) {
      works[0]?.reject(done.error);
    } else {
      for (const work of works) runAlone(work);
    }
  };

  return {
    enqueue: <R>(run: () => R) =>
      new Promise<R>((resolve, reject) => {
        if (closed) {
          reject(new LedgerError({ kind: 'closed' }));
          return;
        }
        // `transact` hands each work's own value back to it.
        waiting.push({ run, resolve: resolve as (value: unknown) => void, reject });
        schedule();
      }),
    flush,
    close() {
      closed = true;
      flush();
    },
  };
}
