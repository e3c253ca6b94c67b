import { looksPerHour } from '../answer/pressure.ts';
import type { WayCosts } from '../costs/costs.ts';
import { lookOf, type PerConvoy, perConvoy, type Vector, weighed } from '../costs/per-convoy.ts';
import type { Limit, Scope } from '../given/limits.ts';
import type { Setup } from '../given/setup.ts';
import type { Workload } from '../given/workload.ts';
import { Allowance } from './allowance.ts';
import { arrivals } from './arrivals.ts';
import { type Chance, chanceFrom } from './chance.ts';
import { Clock } from './clock.ts';
import { Places } from './places.ts';
import { Level, Samples } from './samples.ts';

/** What came of a day, times in seconds. */
export interface Day {
  readonly convoys: number;
  /** From the label to the open pull request, of which nothing but waiting in lines is left out in `unhindered`. */
  readonly took: { readonly half: number; readonly most: number };
  readonly unhindered: { readonly half: number; readonly most: number };
  /** How long what was asked of each limit waited for it, for 19 of 20 requests and for the last of them. */
  readonly waits: Readonly<Record<string, { readonly most: number; readonly longest: number }>>;
  readonly containersAtOnce: number;
  readonly jobsAtOnce: number;
}

export interface DayOptions {
  readonly limits: readonly Limit[];
  readonly costs: WayCosts;
  readonly work: Workload;
  readonly setup: Setup;
  readonly seed: number;
}

/** Beads of a level, the first being 0: as even as whole numbers allow. */
const sizeOfLevel = ({ beads, levels }: Workload, level: number): number =>
  Math.round((beads * (level + 1)) / levels) - Math.round((beads * level) / levels);

/** Where a convoy belongs, by number. */
type Home = Readonly<Record<Scope, number>>;

/** A limit, what each of the three kinds of cost takes from it, and what came of it. */
interface Meter {
  readonly limit: Limit;
  readonly amounts: ReadonlyMap<Partial<Vector>, number>;
  /** By the number of what each belongs to. */
  readonly allowances: (Allowance | undefined)[];
  readonly waits: Samples;
}

/** Lives through one day of convoys, from the first label to the last merge, with a line before everything that has one. */
export function simulateDay(options: DayOptions): Day {
  const day = new DayWorld(options);
  // Chance of its own for when convoys come: setups are compared by the same day.
  const chance = chanceFrom(options.seed + 1);
  for (const at of arrivals(chanceFrom(options.seed), options.work.convoysPerDay)) {
    day.clock.after(at, () => day.open(chance));
  }
  day.clock.run();
  return day.result();
}

class DayWorld {
  readonly clock = new Clock();
  readonly #options: DayOptions;
  readonly #per: PerConvoy;
  readonly #meters: readonly Meter[];
  readonly #runnerWaits = new Samples();
  readonly #runners: Places;
  readonly #containers = new Level();
  readonly #jobs = new Level();
  readonly #took = new Samples();
  readonly #unhindered = new Samples();
  readonly #look: Partial<Vector>;
  #convoys = 0;

  constructor(options: DayOptions) {
    this.#options = options;
    this.#per = perConvoy(options.costs);
    const { way, runners } = options.setup;
    this.#runners = new Places(way === 'app' ? Number.POSITIVE_INFINITY : Math.max(1, runners));
    this.#look = lookOf(options.costs.look, way === 'no-server' ? 'jobs' : 'app');
    const costs: readonly Partial<Vector>[] = [this.#per.fixed, this.#per.bead, this.#look];
    this.#meters = options.limits.map((limit) => ({
      limit,
      amounts: new Map(costs.map((cost) => [cost, weighed(cost, limit.takes)])),
      allowances: [],
      waits: new Samples(),
    }));
  }

  /** A convoy is ordered: planned, worked level by level, verified after each, and looked at until it is merged. */
  open(chance: Chance): void {
    const { work, setup } = this.#options;
    const repository = Math.floor(chance.fraction() * setup.repositories);
    const installation = repository % setup.installations;
    const home = { repository, installation, town: installation % Math.max(1, setup.towns) };
    this.#convoys += 1;
    const begun = this.clock.now;
    let unhindered = 0;
    const level = (left: number): void => {
      if (left === 0) {
        end();
        return;
      }
      const size = sizeOfLevel(work, work.levels - left);
      this.#workLevel(home, size, chance, (longest) => {
        unhindered += longest + work.verifyMinutes * 60;
        this.#place(setup.way === 'no-server', work.verifyMinutes * 60, () => level(left - 1));
      });
    };
    const end = (): void => {
      this.clock.after(this.#spend(home, this.#per.fixed, 0.5), () => {
        this.#took.add(this.clock.now - begun);
        this.#unhindered.add(unhindered);
        this.#lookOn(home, work.waitHours);
      });
    };
    this.clock.after(this.#spend(home, this.#per.fixed, 0.5), () => {
      unhindered += work.planMinutes * 60;
      this.#place(setup.way === 'no-server', work.planMinutes * 60, () => level(work.levels));
    });
  }

  /** Works some beads, as many at once as `polecats` lets; tells how long the longest of them worked, one after the other where they had to. */
  #workLevel(home: Home, size: number, chance: Chance, done: (seconds: number) => void): void {
    const { work, setup } = this.#options;
    const polecats = new Places(setup.polecats);
    const ends = Array.from({ length: Math.min(size, setup.polecats) }, () => 0);
    let left = size;
    const begin = (): void => {
      const mean = work.beadMinutes * 60;
      const seconds = mean / 2 + chance.exponential(mean / 2);
      const lane = ends.indexOf(Math.min(...ends));
      ends[lane] = (ends[lane] ?? 0) + seconds;
      this.#place(setup.way !== 'app', seconds, () => {
        this.clock.after(this.#spend(home, this.#per.bead, 1), () => {
          polecats.leave();
          left -= 1;
          if (left === 0) done(Math.max(...ends));
        });
      });
    };
    if (size === 0) done(0);
    for (let one = 0; one < size; one += 1) polecats.enter(begin);
  }

  /** Holds a job of Actions, for which there may be a line, or a container, for which there is none. */
  #place(isJob: boolean, seconds: number, then: () => void): void {
    const level = isJob ? this.#jobs : this.#containers;
    const hold = (): void => {
      level.change(1);
      this.clock.after(seconds, () => {
        level.change(-1);
        if (isJob) this.#runners.leave();
        then();
      });
    };
    const asked = this.clock.now;
    if (isJob) {
      this.#runners.enter(() => {
        this.#runnerWaits.add(this.clock.now - asked);
        hold();
      });
    } else hold();
  }

  /** Takes what something costs from every allowance; gives the seconds that work has to wait for it. */
  #spend(home: Home, cost: Partial<Vector>, share: number): number {
    let wait = 0;
    for (const { limit, amounts, waits, allowances } of this.#meters) {
      const much = (amounts.get(cost) ?? 0) * share;
      if (much === 0) continue;
      const number = home[limit.scope];
      allowances[number] ??= new Allowance(limit);
      const seconds = allowances[number].take(this.clock.now, much);
      waits.add(seconds);
      if (limit.holdsWork) wait = Math.max(wait, seconds);
    }
    return wait;
  }

  /** The clock's looks at a convoy that waits for people, an hour's at a time. */
  #lookOn(home: Home, hours: number): void {
    if (hours <= 0) return;
    const share = Math.min(1, hours);
    this.#spend(home, this.#look, looksPerHour[this.#options.setup.way] * share);
    this.clock.after(share * 3600, () => this.#lookOn(home, hours - 1));
  }

  result(): Day {
    const halfAndMost = (samples: Samples) => ({ half: samples.within(0.5), most: samples.within(0.95) });
    const longest = (samples: Samples) => ({ most: samples.within(0.95), longest: samples.within(1) });
    return {
      convoys: this.#convoys,
      took: halfAndMost(this.#took),
      unhindered: halfAndMost(this.#unhindered),
      waits: {
        ...Object.fromEntries(this.#meters.map(({ limit, waits }) => [limit.name, longest(waits)])),
        ...(this.#options.setup.way === 'app' ? {} : { 'jobs at once': longest(this.#runnerWaits) }),
      },
      containersAtOnce: this.#containers.most,
      jobsAtOnce: this.#jobs.most,
    };
  }
}
