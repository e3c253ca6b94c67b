/** How a command in a workspace ended. Output is capped head and tail by the workspace; `omittedBytes` says how much is missing. */
export interface ExecResult {
  readonly stdout: Captured;
  readonly stderr: Captured;
  /** Null when it was killed: by the time limit, or because the container went away. */
  readonly exitCode: number | null;
  readonly timedOut: boolean;
}

export interface Captured {
  readonly head: Uint8Array;
  /** Empty when nothing was left out. */
  readonly tail: Uint8Array;
  readonly omittedBytes: number;
  /** Where the whole of it can be read with `readFile` for a while; only when something was left out. */
  readonly file?: string;
}

export interface ExecOptions {
  readonly timeoutMs: number;
  /** Relative to the workspace; default its root. */
  readonly cwd?: string;
  readonly stdin?: Uint8Array;
  /** Per stream, split half head, half tail. Default 32 KiB. */
  readonly maxOutputBytes?: number;
  readonly signal?: AbortSignal;
}

export type FileRead =
  | { readonly status: 'read'; readonly bytes: Uint8Array; readonly sizeBytes: number }
  | { readonly status: 'missing' | 'directory' | 'special' | 'denied' };

export type FileWritten =
  | { readonly status: 'written' }
  | { readonly status: 'denied' | 'directory'; readonly reason: string };

/**
 * The files and processes that one agent's tools work on: a container's `/workspace`. What comes out of it is untrusted.
 * Rejects with `WorkspaceLost` when the container is gone; a slow or failing command is a result, not an error.
 */
export interface Workspace {
  /** Runs `sh -c command` in a process group of its own, killed whole on timeout or abort. */
  exec(command: string, options: ExecOptions): Promise<ExecResult>;
  /** At most `maxBytes` from `offset`; `sizeBytes` is the whole file's size. */
  readFile(path: string, options: { readonly maxBytes: number; readonly offset?: number }): Promise<FileRead>;
  /** Makes parent folders; keeps the mode of a file that exists. */
  writeFile(path: string, bytes: Uint8Array): Promise<FileWritten>;
}

/** What holds the workspace doesn't answer just now. What was begun may have taken effect; it can be gone on with later. */
export class WorkspaceAway extends Error {
  override readonly name: string = 'WorkspaceAway';
}

export class WorkspaceLost extends Error {
  override readonly name = 'WorkspaceLost';
  readonly container: string;
  constructor(container: string, options?: ErrorOptions) {
    super(`The container ${container} of this workspace is gone.`, options);
    this.container = container;
  }
}
