import type { Database } from 'better-sqlite3';
import { packContent, prepareContentStore } from './content/content-store.ts';
import { openInbox } from './inbox/open-inbox.ts';
import type { WriterLease } from './lease/writer-lease.ts';
import { LedgerError } from './ledger-error.ts';
import type { EventTypes } from './log/encode-data.ts';
import { openEventLog } from './log/event-log.ts';
import type { Ledger } from './ports/ledger.ts';
import { openLiveProjections } from './projections/live-projections.ts';
import type { Projection } from './projections/projection.ts';
import { openCheckpointing } from './sqlite/checkpointing.ts';
import { withTypedFailures } from './sqlite/sqlite-failure.ts';
import { prepareSnapshots } from './state/snapshot.ts';
import { openStateCache } from './state/state-cache.ts';
import { prepareCheckpoints } from './subscribe/checkpoints.ts';
import { openSubscriptions } from './subscribe/open-subscriptions.ts';
import { openWorkingCopy, type WorkingCopy } from './working-copy.ts';
import { append } from './write/append.ts';
import { openCommitQueue } from './write/commit-queue.ts';
import { decide } from './write/decide.ts';
import { openKeepUp } from './write/keep-up.ts';
import type { WriteContext } from './write/write-context.ts';

export interface OpenLedger extends Ledger {
  /** Resolves when every read model is in step with the log; rejects when one could not be made anew. */
  readonly ready: Promise<void>;
}

export type WorkingLedger = OpenLedger & WorkingCopy;

export interface LedgerParts {
  readonly db: Database;
  readonly path: string;
  readonly clock: () => Date;
  readonly newId: () => string;
  readonly types: EventTypes;
  readonly projections: readonly Projection[];
  readonly lease: WriterLease;
  readonly mayRebuild: () => boolean;
}

/** A ledger on an open database, which it closes. */
export function assembleLedger(parts: LedgerParts): WorkingLedger {
  const { db, path, clock, newId, types, lease } = parts;
  const log = openEventLog(db, types);
  const live = openLiveProjections({ ...parts, log });
  const contents = prepareContentStore(db, path);
  const states = openStateCache({
    headVersion: (stream) => log.head(stream).version,
    read: log.readFolded,
    snapshots: prepareSnapshots(db),
  });
  const keepUp = openKeepUp(db, log, live, lease);
  const checkpointing = openCheckpointing(db, path);
  let committedAt = log.lastPosition();
  const queue = openCommitQueue(db, path, {
    begun: keepUp.beforeWrite,
    committing: live.flush,
    committed(works) {
      const last = log.lastPosition();
      subscriptions.wake(last);
      checkpointing.committed(works + last - committedAt);
      committedAt = last;
    },
    rolledBack() {
      log.forget(true);
      live.forget();
      states.forget();
    },
  });
  let closed = false;
  const reading = <T>(read: () => T): T => {
    if (closed) throw new LedgerError({ kind: 'closed' });
    return withTypedFailures(path, () => {
      keepUp.beforeRead();
      return read();
    });
  };
  const readAll: Ledger['readAll'] = (after, limit) => reading(() => log.readAll(after, limit));
  const subscriptions = openSubscriptions({
    readAll,
    lastPosition: () => reading(log.lastPosition),
    checkpoints: prepareCheckpoints(db),
    write: (work) => queue.enqueue(work),
  });
  const context: WriteContext = { log, states, clock, newId, project: live.project };
  const ready = live.rebuildOld();

  return {
    ...openWorkingCopy(db, context, queue, reading),
    ready,
    inbox: openInbox(db, (work) => queue.enqueue(work)),
    append: (request) => queue.enqueue(() => append(context, request)),
    decide: (request) => queue.enqueue(() => decide(context, request)),
    load: (stream, fold) =>
      reading(() => {
        const { state, version } = states.load(stream, fold);
        return { state, version };
      }),
    read: (stream, after = 0) => reading(() => log.read(stream, after)),
    readAll,
    streams: (prefix) => reading(() => log.streams(prefix)),
    subscribe: subscriptions.open,
    async putContent(bytes) {
      const packed = await packContent(bytes);
      await queue.enqueue(() => contents.insert(packed));
      return packed.hash.toString('hex');
    },
    getContent: (hash) => reading(() => contents.get(hash)),
    async close() {
      if (closed) return;
      live.stop();
      // Whoever waits for `ready` is told of its failure; closing has to go on.
      await ready.catch(() => undefined);
      await subscriptions.close();
      queue.close();
      closed = true;
      await checkpointing.close();
      db.close();
      lease.release();
    },
  };
}
