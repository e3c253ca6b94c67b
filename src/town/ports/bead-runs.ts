import type { RepositoryRef } from './hub.ts';

/** Which bead a run is to work; null: it settles the convoy. */
export interface RunOrder {
  readonly rig: RepositoryRef;
  /** Number of the convoy's issue. */
  readonly issue: number;
  readonly bead: number | null;
  /** Ours: the run carries it in its name, by which it is found again. */
  readonly order: string;
}

/** `started`: it has found a runner. `ended`: with GitHub's word for how (`success`, `failure`, `cancelled`, `timed_out`, …), or `gone`. */
export type RunStanding =
  | { readonly status: 'live'; readonly started: boolean }
  | { readonly status: 'ended'; readonly how: string };

/** Runs of a workflow elsewhere, each working one bead on a runner of its own. Rejects with `HubFailed`. */
export interface BeadRuns {
  /** Starts a run and gives its id. Never retried blindly: `find` looks whether an earlier try did it. */
  start(order: RunOrder): Promise<number>;
  find(order: RunOrder): Promise<number | null>;
  standing(rig: RepositoryRef, run: number): Promise<RunStanding>;
}

/** A process that works beads on Actions is named after its run. */
export const runnerOfRun = (run: number): string => `actions:${run}`;

/** The run that a lease's runner names; null for a runner of another kind. */
export function runOfRunner(runner: string): number | null {
  const match = /^actions:(\d+)$/.exec(runner);
  return match ? Number(match[1]) : null;
}
