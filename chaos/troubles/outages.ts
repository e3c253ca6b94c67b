import type { Random } from '../random.ts';
import type { World } from '../world/world.ts';

/** Something that the town can't do without goes away for a while, now and then. */
export interface Outages {
  /** To be told of each line that the town tells: it may be the last before an outage. */
  line(): void;
  /** How often it was away so far. */
  count(): number;
  /** Whether it was away since this was asked last; where it still is, it comes back now. */
  excuses(): Promise<boolean>;
  /** It is there from now on. */
  end(): Promise<void>;
}

interface Outage {
  /** How often in a run, at most. */
  readonly most: number;
  /** In so many of 1,000 lines it begins. */
  readonly permille: number;
  /** False: it can't go away here. */
  readonly begin: () => Promise<boolean>;
  readonly over: () => Promise<void>;
}

/** The Docker engine ends all its connections, and its socket is gone for up to two seconds. */
export const engineOutages = ({ door }: World, random: Random): Outages =>
  outages(random, {
    most: door === null ? 0 : 3,
    permille: 25,
    begin: async () => {
      await door?.shut();
      return true;
    },
    over: async () => door?.open(),
  });

/** The disk of the town's ledger and repositories has not a page left for up to two seconds. */
export const fullDisk = ({ disk }: World, random: Random): Outages =>
  outages(random, { most: 2, permille: 15, begin: async () => disk.fill(), over: async () => disk.free() });

function outages(random: Random, { most, permille, begin, over }: Outage): Outages {
  let happened = 0;
  let ended = false;
  let unasked = false;
  let timer: NodeJS.Timeout | undefined;
  // One after the other, in the order in which they were meant.
  let done: Promise<void> = Promise.resolve();
  const next = (work: () => Promise<void>): Promise<void> => {
    done = done.then(work);
    return done;
  };
  const comeBack = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    return next(over);
  };
  const goAway = async (): Promise<void> => {
    if (!(await begin())) return;
    happened += 1;
    unasked = true;
  };
  return {
    line: () => {
      if (ended || timer !== undefined || happened >= most || random.int(0, 999) >= permille) return;
      timer = setTimeout(comeBack, random.int(50, 2000));
      void next(goAway);
    },
    count: () => happened,
    excuses: async () => {
      await comeBack();
      const was = unasked;
      unasked = false;
      return was;
    },
    end: () => {
      ended = true;
      return comeBack();
    },
  };
}
