import type { StreamId } from '../../domain/event.ts';
import type { Town } from '../town.ts';
import { MirrorLine } from './mirror-line.ts';

export interface Mirror {
  /** Says that a convoy's story has moved on. */
  touch(stream: StreamId): void;
  /** Does at once what is due, and resolves when no pass runs; a pass that failed is not waited for. */
  settled(): Promise<void>;
  /** Like `settled`, and what failed is waited for too, until it has worked. */
  caughtUp(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Keeps GitHub in step, one pass at a time for each convoy. However often a convoy is touched during a pass, and for the
 * town's pace after it, one more pass follows: that is how edits coalesce.
 */
export function createMirror(town: Town): Mirror {
  const lines = new Map<StreamId, MirrorLine>();
  const all = (): readonly MirrorLine[] => [...lines.values()];
  let closed = false;

  const settled = async (): Promise<void> => {
    do await Promise.all(all().map((line) => line.settled()));
    while (all().some(({ isBusy }) => isBusy));
  };

  return {
    touch(stream) {
      if (closed) return;
      const line = lines.get(stream) ?? new MirrorLine(town, stream);
      lines.set(stream, line);
      line.touch();
    },
    settled,
    async caughtUp() {
      do {
        await Promise.all(all().map(({ failedBefore }) => failedBefore));
        await settled();
      } while (!closed && all().some(({ failedBefore }) => failedBefore !== null));
    },
    async close() {
      closed = true;
      await Promise.all(all().map((line) => line.close()));
    },
  };
}
