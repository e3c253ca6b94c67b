import type { Limits } from '../forge.ts';
import { ApiError } from '../server/api-error.ts';
import type { Method } from '../server/operation.ts';
import { jobCaller } from './caller-name.ts';
import { secondaryLimit } from './secondary-limit.ts';
import { SlidingWindow } from './sliding-window.ts';

/** GitHub's figures for an installation. */
const githubLimits: Limits = {
  hourly: 5000,
  hourlyOfJobs: 1000,
  pointsPerMinute: 900,
  concurrent: 100,
  contentPerMinute: 80,
  contentPerHour: 500,
  pushesPerMinute: 6,
};

const minute = 60_000;
const hour = 60 * minute;

/** What GitHub says of the primary limit in every answer. */
export interface Allowance {
  readonly limit: number;
  readonly used: number;
  readonly remaining: number;
  /** Unix time in seconds. */
  readonly reset: number;
}

/** Counts what each caller asks for, and refuses it where limits are switched on. */
export class RateLimits {
  readonly #clock: () => Date;
  readonly #limits: Limits;
  readonly #enforced: boolean;
  readonly #hours = new Map<string, { start: number; used: number }>();
  readonly #windows = new Map<string, SlidingWindow>();
  readonly #running = new Map<string, number>();

  constructor(clock: () => Date, limits: Partial<Limits> | undefined) {
    this.#clock = clock;
    this.#enforced = limits !== undefined;
    this.#limits = { ...githubLimits, ...limits };
  }

  /** The caller's primary allowance of now. */
  allowance(caller: string): Allowance {
    const hourly = this.#hourly(caller);
    const { start, used } = this.#hour(caller);
    return {
      limit: hourly,
      used,
      remaining: Math.max(0, hourly - used),
      reset: Math.ceil((start + hour) / 1000),
    };
  }

  /**
   * Counts a request in.
   * @returns What to call when it is answered.
   * @throws ApiError 403 with GitHub's headers where a limit is reached.
   */
  enter(caller: string, method: Method, createsContent: boolean): () => void {
    this.#hour(caller).used += 1;
    if (!this.#enforced) return () => undefined;
    if (this.#hour(caller).used > this.#hourly(caller)) throw this.#primary(caller);
    const running = this.#running.get(caller) ?? 0;
    if (running >= this.#limits.concurrent) throw secondaryLimit(60);
    this.#spend(`points ${caller}`, method === 'GET' ? 1 : 5, this.#limits.pointsPerMinute, minute);
    if (createsContent) this.enterContent(caller);
    this.#running.set(caller, running + 1);
    return () => this.#running.set(caller, (this.#running.get(caller) ?? 1) - 1);
  }

  /** Counts in what notifies people, by whichever API it comes. @throws ApiError 403 */
  enterContent(caller: string): void {
    if (!this.#enforced) return;
    this.#spend(`content ${caller}`, 1, this.#limits.contentPerMinute, minute);
    this.#spend(`content-hour ${caller}`, 1, this.#limits.contentPerHour, hour);
  }

  /** Seconds until the repository takes another push, or undefined where it takes one now. */
  enterPush(repositoryId: number): number | undefined {
    if (!this.#enforced) return undefined;
    return this.#window(`push ${repositoryId}`, minute).take(1, this.#limits.pushesPerMinute, this.#now());
  }

  #hourly(caller: string): number {
    return caller.startsWith(jobCaller) ? this.#limits.hourlyOfJobs : this.#limits.hourly;
  }

  #now(): number {
    return this.#clock().getTime();
  }

  #hour(caller: string): { start: number; used: number } {
    const known = this.#hours.get(caller);
    if (known !== undefined && this.#now() < known.start + hour) return known;
    const fresh = { start: this.#now(), used: 0 };
    this.#hours.set(caller, fresh);
    return fresh;
  }

  #window(name: string, length: number): SlidingWindow {
    const window = this.#windows.get(name) ?? new SlidingWindow(length);
    this.#windows.set(name, window);
    return window;
  }

  #spend(name: string, points: number, most: number, length: number): void {
    const wait = this.#window(name, length).take(points, most, this.#now());
    if (wait !== undefined) throw secondaryLimit(wait, { content: name.startsWith('content') });
  }

  #primary(caller: string): ApiError {
    return new ApiError(403, `API rate limit exceeded for ${caller}.`, {
      headers: allowanceHeaders(this.allowance(caller)),
    });
  }
}

/** The headers that carry an allowance. */
export function allowanceHeaders(allowance: Allowance): Record<string, string> {
  return {
    'x-ratelimit-limit': String(allowance.limit),
    'x-ratelimit-remaining': String(allowance.remaining),
    'x-ratelimit-used': String(allowance.used),
    'x-ratelimit-reset': String(allowance.reset),
    'x-ratelimit-resource': 'core',
  };
}
