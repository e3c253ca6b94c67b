/** A container action as a job starts it: what its action.yml says, with every expression worked out. */
export interface ActionCall {
  /** Folder that holds its action.yml and Dockerfile. */
  readonly folder: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Folder of the job's own files, which `env` names files in. */
  readonly files: string;
  /** Takes what it prints. */
  readonly write: (text: string) => void;
  /** Aborted when it is to end by itself: the job was cancelled or is out of time. */
  readonly interrupt: AbortSignal;
  /** Aborted when it is to be ended: it did not end by itself, or its runner is lost. */
  readonly kill: AbortSignal;
}

/** Runs a container action to its end, on a runner of its own, and gives its exit status. */
export type RunAction = (call: ActionCall) => Promise<number>;

/** What makes a forge run the workflows that it finds in its repositories. */
export interface ActionsOptions {
  readonly runAction: RunAction;
  /** What `uses:` may name, at any ref: folders that hold an action.yml, by `owner/repository`. */
  readonly actions: Readonly<Record<string, string>>;
  /** The secrets and variables of every repository. */
  readonly secrets?: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, string>>;
  /** How many jobs run at once; absent is 20, as on GitHub's free plan. */
  readonly runners?: number;
  /** How many jobs may wait in a concurrency group with `queue: max`; absent is 100, as on GitHub. */
  readonly waitingInGroup?: number;
}
