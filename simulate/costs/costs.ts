import { readFileSync } from 'node:fs';
import { z } from 'zod';

const count = z.number().nonnegative();

/** Requests by the allowances of GitHub that they take from. */
const traffic = z.object({
  /** Answered in full. */
  reads: count,
  /** Answered with 304, which costs nothing of the hourly allowance. */
  unchanged: count,
  writes: count,
  /** Of the writes: what notifies people. */
  creates: count,
  /** Of the writes: runs that were started. */
  dispatches: count,
  pushes: count,
  /** Times that a client asked for the refs. */
  gitReads: count,
});
export type Traffic = z.infer<typeof traffic>;

/** What one convoy took from its label to the last write after its merge. */
const convoyCost = z.object({
  beads: z.int().positive(),
  /** Made with the token of the App's installation. */
  app: traffic,
  /** Made with the tokens of jobs. */
  jobs: traffic,
  webhooks: count,
  events: count,
  ledgerBytes: count,
  /** The repository at GitHub, all that the town put there included. */
  repositoryBytes: count,
  /** Of the town and the programs that it starts, without containers. */
  townProcessorSeconds: count,
  peakMemoryMiB: count,
  jobRuns: count,
  jobProcessorSeconds: count,
});
export type ConvoyCost = z.infer<typeof convoyCost>;

/** `look`: one pass of the clock (five minutes of an App, the schedule of a town with no server) over one convoy at rest. */
const wayCosts = z.object({ small: convoyCost, large: convoyCost, look: traffic });
export type WayCosts = z.infer<typeof wayCosts>;

/** How a town is run. */
export const ways = ['app', 'app-actions', 'no-server'] as const;
export type Way = (typeof ways)[number];

const costs = z.object({
  measured: z.object({ on: z.iso.date(), machine: z.array(z.string()), how: z.string() }),
  /** With a full sync to disk, sixteen at once. */
  appendsPerSecond: count,
  ways: z.record(z.enum(ways), wayCosts),
});
export type Costs = z.infer<typeof costs>;

export const costsFile = `${import.meta.dirname}/measured.json`;

export const readCosts = (): Costs => costs.parse(JSON.parse(readFileSync(costsFile, 'utf8')));
