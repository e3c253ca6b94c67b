import type { Database } from 'better-sqlite3';
import type { RecordedEvent, StreamId } from '../domain/event.ts';
import { toAppendKey } from './log/append-key.ts';
import type { StreamHead } from './log/stream-head.ts';
import { prepareContentLine, prepareStreamLines } from './transfer/export-lines.ts';
import { type Imported, prepareTakeIn } from './transfer/import-lines.ts';
import type { CommitQueue } from './write/commit-queue.ts';
import { repeatOf } from './write/repeat-of.ts';
import type { WriteContext } from './write/write-context.ts';

/** What a ledger can do that is the working copy of one that is kept elsewhere. */
export interface WorkingCopy {
  /** Takes in lines of an export, header first, all or none; throws `LedgerError` where they tell another story. */
  takeIn(lines: readonly string[]): Promise<Imported>;
  /** A stream's events after a version as lines of an export, without its header. */
  linesOf(stream: StreamId, after: number): readonly string[];
  /** A stored content as a line of an export, or null. */
  contentLineOf(hash: string): string | null;
  /** What an append under a key took in, or null where there was none. */
  repeatOf(stream: StreamId, key: string): readonly RecordedEvent[] | null;
  head(stream: StreamId): StreamHead;
}

export function openWorkingCopy(
  db: Database,
  context: WriteContext,
  queue: CommitQueue,
  reading: <T>(read: () => T) => T,
): WorkingCopy {
  const { log } = context;
  const takeIn = prepareTakeIn(db, log, (position) => {
    for (const event of log.readAll(position - 1, 1)) context.project(event);
  });
  const streamLines = prepareStreamLines(db);
  const contentLine = prepareContentLine(db);
  return {
    takeIn: (lines) => queue.enqueue(() => takeIn(lines)),
    linesOf: (stream, after) => reading(() => streamLines(stream, after)),
    contentLineOf: (hash) => reading(() => contentLine(hash)),
    repeatOf: (stream, key) => reading(() => repeatOf(context, stream, toAppendKey(key))),
    head: (stream) => reading(() => log.head(stream)),
  };
}
