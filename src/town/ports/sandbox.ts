import type { Readable } from 'node:stream';
import type { Workspace } from '../../agent/ports/workspace.ts';
import type { ConvoySettings, SandboxLimits } from '../../domain/convoy/settings.ts';

/** Labels by which containers and images of the town are found again; every value is short and ours. */
export interface SandboxLabels {
  readonly convoy: string;
  /** What it is for: `bead 3 attempt 1`, `verify`, `refinery`, `setup`. */
  readonly purpose: string;
  /** The session that works in it, where there is one. */
  readonly session?: string;
}

export interface SnapshotRequest {
  readonly image: string;
  /** Git tree id of the base: part of the snapshot's key. */
  readonly tree: string;
  /** A tar stream of that tree (paths relative to the workspace). Called only when the snapshot must be made. */
  readonly files: () => Readable;
  readonly setup: readonly string[];
  readonly limits: SandboxLimits;
  readonly labels: SandboxLabels;
  /** Each line of what the setup commands print. */
  readonly onOutput?: (text: string) => void;
  /** Where the trees of one repository come from earlier ones: then a snapshot is made from the latest of its line. */
  readonly line?: SnapshotLine;
}

/** The snapshots of one rig, each made from the one before it by what changed. */
export interface SnapshotLine {
  /** Names the rig. */
  readonly name: string;
  /** What turns an earlier tree of the rig into this one; null when that tree is not known any more. */
  readonly differenceFrom: (tree: string) => Promise<TreeDifference | null>;
  /** File names that the setup commands depend on: when one of them changed, they run again. Default: manifests and lockfiles. */
  readonly setupInputs?: readonly string[];
}

export type SnapshotResult =
  | { readonly status: 'ready'; readonly snapshot: Snapshot }
  | {
      readonly status: 'setup-failed';
      readonly command: string;
      readonly exitCode: number | null;
      readonly output: string;
    };

/** An image that holds a base tree and what its setup installed. */
export interface Snapshot {
  readonly imageId: string;
  readonly tree: string;
}

/** What turns the snapshot's tree into another tree: paths to remove first, so that a file may give way to a folder, then files to write. */
export interface TreeDifference {
  readonly files: () => Readable;
  readonly deleted: readonly Uint8Array[];
}

export interface StartRequest {
  readonly snapshot: Snapshot;
  readonly difference: TreeDifference | null;
  readonly limits: SandboxLimits;
  /** `open` has no walls; `allow` names hosts that are reached through a proxy, and nothing else is. */
  readonly network: ConvoySettings['network'];
  readonly labels: SandboxLabels;
  /** How many more of its kind are to wait, started, for whoever starts next. Default: what the town says. */
  readonly warm?: number;
  /** How many starts are still to be expected: no more than so many wait. Default: nobody knows. */
  readonly startsLeft?: number;
}

/** One path that an agent changed, as it came out of a container: untrusted until the git adapter has checked it. */
export type Change =
  | {
      readonly kind: 'write';
      readonly path: Uint8Array;
      readonly mode: '100644' | '100755' | '120000';
      readonly content: Uint8Array;
    }
  | { readonly kind: 'delete'; readonly path: Uint8Array };

/** A path that was not taken out, and the rule that refused it. */
export interface RefusedPath {
  readonly path: string;
  readonly rule: string;
}

export interface TakenOut {
  /** Against the tree that the sandbox started from. */
  readonly changes: readonly Change[];
  readonly refused: readonly RefusedPath[];
}

export interface Sandbox extends Workspace {
  readonly id: string;
  takeOut(): Promise<TakenOut>;
  /** Stops it and keeps its files, so that `find` can start it again. */
  stop(): Promise<void>;
  remove(): Promise<void>;
}

export interface RunRequest extends StartRequest {
  readonly command: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  readonly onOutput?: (piece: Uint8Array) => void;
}

/** The outcome of a command as a container's main process, as the engine reports it, never as output claims it. */
export interface RunResult {
  readonly exitCode: number | null;
  readonly timedOut: boolean;
  readonly outOfMemory: boolean;
  readonly durationMs: number;
  /** stdout and stderr together, capped head and tail at 1 MiB. */
  readonly output: Uint8Array;
}

export interface EngineWatch {
  readonly signal: AbortSignal;
  readonly onLost: (reason: Error) => void;
  /** When it answers for the first time, and after each loss. */
  readonly onAnswers: () => void;
}

/** Containers for beads, verifications and the Refinery. Rejects with `EngineUnavailable` or `SandboxFailed`. */
export interface Sandboxes {
  snapshot(request: SnapshotRequest): Promise<SnapshotResult>;
  start(request: StartRequest): Promise<Sandbox>;
  /** Has as many containers wait as the request says, before anybody starts; resolves when they do. */
  prepare(request: StartRequest): Promise<void>;
  /** The container of a session, running again; null when it is gone. */
  find(session: string): Promise<Sandbox | null>;
  run(request: RunRequest): Promise<RunResult>;
  /** Removes all containers and images of a convoy. */
  removeConvoy(convoy: string): Promise<void>;
  /** Tells when the engine stops answering and when it answers again; ends with the signal. */
  watch(watch: EngineWatch): Promise<void>;
  /** Ends what waits for work; what is at work goes on and is found again. Safe to call again, and to go on after. */
  close(): Promise<void>;
}
