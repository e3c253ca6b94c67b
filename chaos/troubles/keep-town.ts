import type { Random } from '../random.ts';
import { startTown, type TownEnd, type TownProcess } from '../world/town-process.ts';
import type { World } from '../world/world.ts';

/** A town that is killed and started again until its kills are used up; then it lives on. */
export interface KeptTown {
  /** Resolves when it has told its first line: it listens. */
  readonly ready: Promise<void>;
  /** How often it was killed so far. */
  kills(): number;
  /** No further kills. The living one goes on. */
  spare(): void;
  /** Asks the living one to stop, and resolves with how it ended. Rejects where an earlier one ended by itself. */
  stop(): Promise<TownEnd>;
}

/** Within so many lines of a life, its start among them, it is killed. */
const longestLife = 30;

/** Kills by the line: whatever the town tells of, it may be dead right after. Now and then it dies while it starts. */
export function keepTown(
  world: World,
  random: Random,
  { kills, beforeLastLife }: { readonly kills: number; readonly beforeLastLife: () => Promise<void> },
): KeptTown {
  let killed = 0;
  let stopping = false;
  let left = kills;
  const listening = Promise.withResolvers<void>();
  const live = async (): Promise<TownEnd> => {
    const due = left > 0 ? random.int(1, longestLife) : Number.POSITIVE_INFINITY;
    const town = startTown(world, (self, line) => {
      listening.resolve();
      if (line === due && left > 0) kill(self);
    });
    current = town;
    const ended = await town.ended;
    if (ended.signal !== 'SIGKILL' || stopping) return ended;
    if (left === 0) await beforeLastLife();
    return live();
  };
  const kill = (town: TownProcess): void => {
    left -= 1;
    killed += 1;
    town.kill();
  };
  let current: TownProcess;
  const life = live();
  return {
    ready: listening.promise,
    kills: () => killed,
    spare: () => {
      left = 0;
    },
    stop: () => {
      stopping = true;
      current.stop();
      return life;
    },
  };
}
