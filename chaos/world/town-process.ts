import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { World } from './world.ts';

const gastown = fileURLToPath(new URL('../../bin/gastown', import.meta.url));

export interface TownEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** What it wrote to its error stream. */
  readonly said: string;
  /** How many lines it told of its work. */
  readonly lines: number;
}

/** One life of `gastown serve`. */
export interface TownProcess {
  readonly pid: number | undefined;
  /** How much it has told of its work so far. */
  loggedBytes(): number;
  readonly ended: Promise<TownEnd>;
  /** No warning: nothing of it runs on. */
  kill(): void;
  /** Asks it to stop, as an operator does. */
  stop(): void;
}

/** A line that the town tells. */
export interface TownLine {
  /** 1 for the first one of a life. */
  readonly number: number;
  /** The type of the event that it tells of, `delivery`, or `other`. */
  readonly told: string;
}

const shape = z.object({ event: z.string().optional(), delivery: z.string().optional() });

/** Starts the town, or another program in its place; `onLine` hears each line as it is told. */
export function startTown(
  world: World,
  onLine: (town: TownProcess, line: TownLine) => void,
  command: readonly string[] = [gastown, 'serve'],
): TownProcess {
  const child = spawn(process.execPath, command, {
    env: world.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let lines = 0;
  const said = text(child.stderr);
  const reader = createInterface(child.stdout);
  const read = once(reader, 'close');
  let bytes = 0;
  const town: TownProcess = {
    pid: child.pid,
    loggedBytes: () => bytes,
    kill: () => void child.kill('SIGKILL'),
    stop: () => void child.kill('SIGTERM'),
    ended: once(child, 'close').then(async ([code, signal]): Promise<TownEnd> => {
      await read;
      return { code, signal, said: await said, lines };
    }),
  };
  reader.on('line', (line) => {
    lines += 1;
    bytes += Buffer.byteLength(line) + 1;
    onLine(town, { number: lines, told: toldIn(line) });
  });
  return town;
}

function toldIn(line: string): string {
  const { event, delivery } = shape.parse(JSON.parse(line));
  return event ?? (delivery === undefined ? 'other' : 'delivery');
}
