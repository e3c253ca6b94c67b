/** What people order, and how long work takes. Nothing of it is measured: flags of `npm run simulate` change it. */
export interface Workload {
  readonly convoysPerDay: number;
  readonly beads: number;
  /** How many of a convoy's beads wait for one another in the longest chain. */
  readonly levels: number;
  readonly planMinutes: number;
  /** From a bead's lease to its end, on average: a model's replies and its commands. */
  readonly beadMinutes: number;
  readonly verifyMinutes: number;
  /** From the open pull request to its merge. */
  readonly waitHours: number;
  /** Tokens that a model reads and writes for one bead, from cache or not. */
  readonly tokensPerBead: number;
}

export const usualWork: Omit<Workload, 'convoysPerDay'> = {
  beads: 6,
  levels: 2,
  planMinutes: 5,
  beadMinutes: 15,
  verifyMinutes: 4,
  waitHours: 4,
  tokensPerBead: 600_000,
};

/** Two thirds of a day's convoys come within its eight busy hours, so twice as many an hour as on average. */
export const busy = { fromHour: 9, hours: 8, share: 2 / 3 };

/** Convoys a second within the busy hours. */
export const busyRate = (convoysPerDay: number): number => (convoysPerDay * busy.share) / (busy.hours * 3600);
