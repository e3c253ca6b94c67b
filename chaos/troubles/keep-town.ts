import type { Random } from '../random.ts';
import { startTown, type TownEnd, type TownProcess } from '../world/town-process.ts';
import type { World } from '../world/world.ts';
import { namedSteps } from './named-steps.ts';

/** A town that is killed and started again until its kills are used up; then it lives on. */
export interface KeptTown {
  /** Resolves when it has told its first line: it listens. */
  readonly ready: Promise<void>;
  /** The step that each life was killed at: what it had told last. */
  readonly killedAt: readonly string[];
  /** How often it was started. */
  lives(): number;
  /** No further kills. The living one goes on. */
  spare(): void;
  /** Aborted when one ended by itself without a reason. */
  readonly died: AbortSignal;
  /** Asks the living one to stop, and resolves with how the last one ended. */
  stop(): Promise<TownEnd>;
}

/** How often the town is killed; or at which steps, each of which goes from the set when it was killed at. */
export type Kills = number | Set<string>;

interface Keeping {
  readonly kills: Kills;
  readonly beforeLastLife: () => Promise<void>;
  /** Told of each line. */
  readonly onLine: () => void;
  /** Whether a town that ended by itself had a reason that is over now: it is started again then. */
  readonly excuses: () => Promise<boolean>;
}

/** Within so many lines of a life, its start among them, it is killed. */
const longestLife = 60;
/** One that tells nothing for so long is killed too: it may wait for a word that was lost. Milliseconds. */
const longestSilence = 20_000;

/**
 * Kills at a line that was drawn, or at the first one that tells of a step that was drawn: whatever the town tells of, it may
 * be dead right after. Now and then it dies while it starts. Where steps are given, it dies at those and in silence alone.
 */
export function keepTown(world: World, random: Random, keeping: Keeping): KeptTown {
  const killedAt: string[] = [];
  let lives = 0;
  let stopping = false;
  const steps = typeof keeping.kills === 'number' ? null : keeping.kills;
  let left = typeof keeping.kills === 'number' ? keeping.kills : Number.POSITIVE_INFINITY;
  const died = new AbortController();
  const listening = Promise.withResolvers<void>();
  const live = async (): Promise<TownEnd> => {
    lives += 1;
    const due = random.int(1, longestLife);
    const step = random.chance(50) ? random.pick(namedSteps) : null;
    const kill = (town: TownProcess, at: string): void => {
      if (left === 0 || killed) return;
      killed = true;
      left -= 1;
      killedAt.push(at);
      town.kill();
    };
    let killed = false;
    let silence: NodeJS.Timeout | undefined;
    const town = startTown(world, (self, { number, told }) => {
      listening.resolve();
      keeping.onLine();
      clearTimeout(silence);
      silence = setTimeout(() => kill(self, 'silence'), longestSilence);
      const isDue =
        steps === null
          ? told === step || number >= (step === null ? due : longestLife)
          : !killed && steps.delete(told);
      if (isDue) kill(self, told);
      if (steps?.size === 0) left = 0;
    });
    current = town;
    const ended = await town.ended;
    clearTimeout(silence);
    if (stopping || !(killed || (await keeping.excuses()))) {
      if (!stopping) died.abort();
      return ended;
    }
    if (left === 0) await keeping.beforeLastLife();
    return live();
  };
  let current: TownProcess;
  const life = live();
  return {
    ready: listening.promise,
    killedAt,
    died: died.signal,
    lives: () => lives,
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
