/** Time as GitHub counts it. */
export interface Clock {
  readonly now: () => Date;
  /** How long a second of it takes, in ms of this machine: less than 1000 where a test's clock runs faster. */
  readonly secondMs: number;
}

export const machineClock: Clock = { now: () => new Date(), secondMs: 1000 };
