import type { StreamId } from '../../domain/event.ts';
import type { Town } from '../town.ts';
import { ConvoyLine, type TakesStep } from './convoy-line.ts';

export interface Conductor {
  /** Asks again what there is to do for a convoy. Cheap, and safe at any time. */
  advance(stream: StreamId): void;
  /** Since when this process works a step of a convoy (ms since 1970); null when it doesn't. */
  runsSince(stream: StreamId, key: string): number | null;
  /** Resolves when nothing runs and nothing is about to be tried again. */
  idle(): Promise<void>;
  /** Stops what runs, without losing anything, and resolves when all of it has stopped. */
  close(): Promise<void>;
}

/** Conducts all convoys of a town, each on a line of its own. `takes`: which steps this process does; default all. */
export function createConductor(town: Town, takes: TakesStep = () => true): Conductor {
  const lines = new Map<StreamId, ConvoyLine>();
  const stop = new AbortController();
  return {
    advance(stream) {
      const line = lines.get(stream) ?? new ConvoyLine(town, stream, stop.signal, takes);
      lines.set(stream, line);
      line.advance();
    },
    runsSince: (stream, key) => lines.get(stream)?.runsSince(key) ?? null,
    async idle() {
      await Promise.all([...lines.values()].map((line) => line.idle()));
    },
    async close() {
      stop.abort(new Error('The town is stopping.'));
      await Promise.all([...lines.values()].map((line) => line.stopped()));
    },
  };
}
