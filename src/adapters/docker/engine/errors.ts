import { WorkspaceAway } from '../../../agent/ports/workspace.ts';

/** The engine can't be reached. `code` is the system's own name for the reason (`ENOENT`, `ECONNREFUSED`, `EACCES`, …). */
export class EngineUnavailable extends WorkspaceAway {
  override readonly name = 'EngineUnavailable';
  readonly code: string;
  readonly doing: string;
  readonly whatToDo: string;
  constructor(facts: { code: string; doing: string }, options?: ErrorOptions) {
    const whatToDo =
      facts.code === 'EACCES'
        ? 'Add this user to the group that owns the socket, or point DOCKER_HOST at an engine of your own.'
        : 'Start the Docker engine, or point DOCKER_HOST at one that runs.';
    super(`The Docker engine can't be reached (${facts.code}) while ${facts.doing}. ${whatToDo}`, options);
    this.code = facts.code;
    this.doing = facts.doing;
    this.whatToDo = whatToDo;
  }
}

/** The engine holds no image of that name, and none is pulled unasked. */
export class ImageMissing extends Error {
  override readonly name = 'ImageMissing';
  readonly image: string;
  constructor(image: string, options?: ErrorOptions) {
    super(`The engine has no image ${image}. Pull or build it first.`, options);
    this.image = image;
  }
}

/** The engine refused or failed. `status` is its HTTP status; null where no engine call failed. */
export class SandboxFailed extends Error {
  override readonly name = 'SandboxFailed';
  readonly doing: string;
  readonly status: number | null;
  readonly reason: string;
  constructor(facts: { doing: string; status: number | null; reason: string }, options?: ErrorOptions) {
    super(`The sandbox failed while ${facts.doing}: ${facts.reason}`, options);
    this.doing = facts.doing;
    this.status = facts.status;
    this.reason = facts.reason;
  }
}

/** The disk that holds the engine's data has less free space than is needed. */
export class DiskFull extends Error {
  override readonly name = 'DiskFull';
  readonly path: string;
  readonly freeBytes: number;
  readonly neededBytes: number;
  constructor(facts: { path: string; freeBytes: number; neededBytes: number }, options?: ErrorOptions) {
    const mib = (bytes: number): string => `${Math.floor(bytes / 2 ** 20)} MiB`;
    super(
      `The disk that holds ${facts.path} has ${mib(facts.freeBytes)} free; ${mib(facts.neededBytes)} are needed. ` +
        'Free some space, or run `gastown gc`.',
      options,
    );
    this.path = facts.path;
    this.freeBytes = facts.freeBytes;
    this.neededBytes = facts.neededBytes;
  }
}
