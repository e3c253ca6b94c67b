import { eventTypes } from '../domain/event-types.ts';
import { packContent, prepareContentStore } from './content/content-store.ts';
import { openInbox } from './inbox/open-inbox.ts';
import { LedgerError } from './ledger-error.ts';
import type { EventTypes } from './log/encode-data.ts';
import { openEventLog } from './log/event-log.ts';
import { newUuidV7 } from './log/uuid.ts';
import { migrate } from './migrations/migrate.ts';
import type { Ledger } from './ports/ledger.ts';
import { allProjections } from './projections/all-projections.ts';
import { openLiveProjections } from './projections/live-projections.ts';
import type { Projection } from './projections/projection.ts';
import { openDatabase } from './sqlite/open-database.ts';
import { withTypedFailures } from './sqlite/sqlite-failure.ts';
import { prepareSnapshots } from './state/snapshot.ts';
import { openStateCache } from './state/state-cache.ts';
import { prepareCheckpoints } from './subscribe/checkpoints.ts';
import { type OpenSubscription, openSubscription } from './subscribe/open-subscription.ts';
import { append } from './write/append.ts';
import { openCommitQueue } from './write/commit-queue.ts';
import { decide } from './write/decide.ts';
import type { WriteContext } from './write/write-context.ts';

export interface LedgerOptions {
  /** The SQLite file, whose folder is made if it is missing; or `:memory:`. */
  readonly path: string;
  readonly clock: () => Date;
  /** Makes UUIDs version 7; by default from the clock and the system's randomness. */
  readonly newId?: () => string;
  /** `full` (the default): what is acknowledged survives a power cut. `normal`: it survives the process. */
  readonly synchronous?: 'full' | 'normal';
  readonly types?: EventTypes;
  readonly projections?: readonly Projection[];
}

/** Opens a ledger to read and to write, and makes it where there is none. Throws a `LedgerError`. */
export function openLedger(options: LedgerOptions): Ledger {
  const { path, clock, types = eventTypes, projections = allProjections } = options;
  const newId = options.newId ?? (() => newUuidV7(clock));
  const db = openDatabase(
    path,
    options.synchronous === undefined ? {} : { synchronous: options.synchronous },
  );
  try {
    return withTypedFailures(path, () => {
      migrate(db, path, clock);
      return assemble({ db, path, clock, newId, types, projections });
    });
  } catch (error) {
    db.close();
    throw error;
  }
}

interface Parts {
  readonly db: ReturnType<typeof openDatabase>;
  readonly path: string;
  readonly clock: () => Date;
  readonly newId: () => string;
  readonly types: EventTypes;
  readonly projections: readonly Projection[];
}

function assemble({ db, path, clock, newId, types, projections }: Parts): Ledger {
  const log = openEventLog(db, types);
  const live = openLiveProjections(db, projections, log);
  const contents = prepareContentStore(db, path);
  const checkpoints = prepareCheckpoints(db);
  const states = openStateCache({
    headVersion: (stream) => log.head(stream).version,
    read: log.read,
    snapshots: prepareSnapshots(db),
  });
  const dataVersion = db.prepare<[], number>('PRAGMA data_version').pluck();
  const subscriptions = new Set<OpenSubscription>();
  let seenDataVersion = dataVersion.get();
  let wokenAt = log.lastPosition();

  /** Another connection's commit makes what is remembered of heads and rows old. */
  const lookAround = (): void => {
    const now = dataVersion.get();
    if (now === seenDataVersion) return;
    seenDataVersion = now;
    log.forget(false);
    live.forget();
  };
  const wake = (): void => {
    const last = log.lastPosition();
    if (last === wokenAt) return;
    wokenAt = last;
    for (const subscription of subscriptions) subscription.wake();
  };
  const queue = openCommitQueue(db, path, {
    begun: lookAround,
    committing: live.flush,
    committed: wake,
    rolledBack() {
      log.forget(true);
      live.forget();
      states.forget();
    },
  });
  const context: WriteContext = { log, states, clock, newId, project: live.project };
  let closed = false;
  const reading = <T>(read: () => T): T => {
    if (closed) throw new LedgerError({ kind: 'closed' });
    return withTypedFailures(path, () => {
      lookAround();
      return read();
    });
  };

  return {
    inbox: openInbox(db, (work) => queue.enqueue(work)),
    append: (request) => queue.enqueue(() => append(context, request)),
    decide: (request) => queue.enqueue(() => decide(context, request)),
    load: (stream, fold) =>
      reading(() => {
        const { state, version } = states.load(stream, fold);
        return { state, version };
      }),
    read: (stream, after = 0) => reading(() => log.read(stream, after)),
    readAll: (after, limit) => reading(() => log.readAll(after, limit)),
    streams: (prefix) => reading(() => log.streams(prefix)),
    subscribe(request) {
      const source = {
        readAll: (after: number, limit: number) => reading(() => log.readAll(after, limit)),
        lastPosition: () => reading(log.lastPosition),
        checkpoints,
        write: (work: () => void) => queue.enqueue(work),
      };
      const subscription = openSubscription(source, request);
      subscriptions.add(subscription);
      return {
        caughtUp: subscription.caughtUp,
        async close() {
          subscriptions.delete(subscription);
          await subscription.close();
        },
      };
    },
    async putContent(bytes) {
      const packed = await packContent(bytes);
      await queue.enqueue(() => contents.insert(packed));
      return packed.hash.toString('hex');
    },
    getContent: (hash) => reading(() => contents.get(hash)),
    async close() {
      if (closed) return;
      for (const subscription of subscriptions) await subscription.close();
      subscriptions.clear();
      queue.close();
      closed = true;
      db.close();
    },
  };
}
