import type { StreamId } from '../../domain/event.ts';
import { retryDelayMs } from '../dispatch/retry-delay.ts';
import type { Town } from '../town.ts';
import { mirrorConvoy } from './mirror-convoy.ts';
import { Written } from './written.ts';

export interface Mirror {
  /** Says that a convoy's story has moved on. */
  touch(stream: StreamId): void;
  /** Resolves when no pass runs or is due. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

interface Line {
  readonly pass: Promise<void>;
  again: boolean;
}

/**
 * Keeps GitHub in step, one pass at a time for each convoy. However often a convoy is touched during a pass, one more
 * pass follows: that is how edits coalesce.
 */
export function createMirror(town: Town): Mirror {
  const lines = new Map<StreamId, Line>();
  const timers = new Map<StreamId, NodeJS.Timeout>();
  const tries = new Map<StreamId, number>();
  const written = new Written();
  let closed = false;

  const touch = (stream: StreamId): void => {
    if (closed) return;
    const line = lines.get(stream);
    if (line) {
      line.again = true;
      return;
    }
    if (timers.has(stream)) return;
    const started: Line = { again: false, pass: run(stream) };
    lines.set(stream, started);
  };

  const run = async (stream: StreamId): Promise<void> => {
    try {
      await mirrorConvoy(town, stream, written);
      tries.delete(stream);
    } catch (error) {
      putOff(stream, error);
    }
    const again = lines.get(stream)?.again ?? false;
    lines.delete(stream);
    if (again) touch(stream);
  };

  const putOff = (stream: StreamId, error: unknown): void => {
    const count = (tries.get(stream) ?? 0) + 1;
    tries.set(stream, count);
    const retryInMs = retryDelayMs(error, count, town.clock()) ?? 60_000;
    const message = error instanceof Error ? error.message : String(error);
    if (!closed) town.onProgress({ kind: 'trouble', convoy: stream, step: 'mirror', message, retryInMs });
    const timer = setTimeout(() => {
      timers.delete(stream);
      touch(stream);
    }, retryInMs);
    if (closed) clearTimeout(timer);
    else timers.set(stream, timer);
  };

  const settled = async (): Promise<void> => {
    while (lines.size > 0) await Promise.all([...lines.values()].map((line) => line.pass));
  };

  return {
    touch,
    settled,
    async close() {
      closed = true;
      for (const timer of timers.values()) clearTimeout(timer);
      await settled();
    },
  };
}
