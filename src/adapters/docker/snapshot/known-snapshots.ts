import type { SnapshotRequest, SnapshotResult } from '../../../town/ports/sandbox.ts';

/** What an entry is of; its image is null for as long as it is being made. */
interface Known {
  readonly convoy: string;
  imageId: string | null;
  readonly result: Promise<SnapshotResult>;
}

/**
 * The snapshots that this process has made or found for its convoys: each is asked of the engine once, however many beads
 * start on it.
 */
export class KnownSnapshots {
  readonly #known = new Map<string, Known>();

  /** What is known, or being made, or else what `make` gives. Only what is ready is remembered. */
  of(request: SnapshotRequest, make: () => Promise<SnapshotResult>): Promise<SnapshotResult> {
    const { convoy } = request.labels;
    const key = JSON.stringify([request.image, request.tree, request.setup, convoy]);
    const found = this.#known.get(key);
    if (found !== undefined) return found.result;
    const known: Known = { convoy, imageId: null, result: make() };
    this.#known.set(key, known);
    const drop = (): void => {
      if (this.#known.get(key) === known) this.#known.delete(key);
    };
    known.result.then((result) => {
      if (result.status === 'ready') known.imageId = result.snapshot.imageId;
      else drop();
    }, drop);
    return known.result;
  }

  get isMaking(): boolean {
    return [...this.#known.values()].some(({ imageId }) => imageId === null);
  }

  forget(which: (known: { readonly convoy: string; readonly imageId: string | null }) => boolean): void {
    for (const [key, known] of this.#known) if (which(known)) this.#known.delete(key);
  }
}
