import type { StreamId } from '../../domain/event.ts';
import { retryDelayMs } from '../dispatch/retry-delay.ts';
import type { Town } from '../town.ts';
import { mirrorConvoy } from './mirror-convoy.ts';
import { Written } from './written.ts';

export interface Mirror {
  /** Says that a convoy's story has moved on. */
  touch(stream: StreamId): void;
  /** Does at once what is due, and resolves when no pass runs; a pass that failed is not waited for. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Where one convoy's mirroring stands: a pass that runs, or the time of the next one. */
interface Line {
  pass: Promise<void> | null;
  /** The story has moved on since the pass began. */
  again: boolean;
  timer: NodeJS.Timeout | null;
  /** How often in a row a pass has failed. */
  tries: number;
}

const longestPauseMs = 60_000;

/**
 * Keeps GitHub in step, one pass at a time for each convoy. However often a convoy is touched during a pass, and for the
 * town's pace after it, one more pass follows: that is how edits coalesce.
 */
export function createMirror(town: Town): Mirror {
  const lines = new Map<StreamId, Line>();
  const written = new Written();
  let closed = false;

  const touch = (stream: StreamId): void => {
    const line = lines.get(stream) ?? { pass: null, again: false, timer: null, tries: 0 };
    lines.set(stream, line);
    if (line.pass !== null || line.timer !== null) line.again = true;
    else start(stream, line);
  };

  const start = (stream: StreamId, line: Line): void => {
    if (closed) return;
    line.again = false;
    line.pass = run(stream, line).finally(() => {
      line.pass = null;
    });
  };

  const run = async (stream: StreamId, line: Line): Promise<void> => {
    let pauseMs = town.mirrorPaceMs;
    try {
      await mirrorConvoy(town, stream, written);
      line.tries = 0;
    } catch (error) {
      line.tries += 1;
      line.again = true;
      pauseMs = putOff(stream, line, error);
    }
    line.timer = setTimeout(() => wake(stream, line), pauseMs);
  };

  const wake = (stream: StreamId, line: Line): void => {
    if (line.timer !== null) clearTimeout(line.timer);
    line.timer = null;
    if (line.again) start(stream, line);
  };

  const putOff = (stream: StreamId, line: Line, error: unknown): number => {
    const retryInMs = Math.min(
      longestPauseMs,
      retryDelayMs(error, line.tries, town.clock()) ?? longestPauseMs,
    );
    const message = error instanceof Error ? error.message : String(error);
    if (!closed) town.onProgress({ kind: 'trouble', convoy: stream, step: 'mirror', message, retryInMs });
    return retryInMs;
  };

  const settled = async (): Promise<void> => {
    for (;;) {
      for (const [stream, line] of lines) if (line.pass === null && line.tries === 0) wake(stream, line);
      const running = [...lines.values()].flatMap((line) => line.pass ?? []);
      if (running.length === 0) return;
      await Promise.all(running);
    }
  };

  return {
    touch,
    settled,
    async close() {
      closed = true;
      await Promise.all([...lines.values()].map((line) => line.pass));
      for (const { timer } of lines.values()) if (timer !== null) clearTimeout(timer);
    },
  };
}
