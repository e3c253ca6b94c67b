import type Dockerode from 'dockerode';
import type { StartRequest } from '../../town/ports/sandbox.ts';
import { createContainer, type StartSettings } from './engine/create-container.ts';
import { newContainerName } from './engine/labels.ts';
import { removeContainer } from './engine/remove-container.ts';
import { firstLane, newFarewell } from './shell/lane.ts';
import { Lanes } from './shell/lanes.ts';

export interface RunningContainer {
  readonly container: Dockerode.Container;
  readonly lanes: Lanes;
}

/** Lanes opened before anybody asks for one. */
const LANES_AHEAD = 2;

/** Starts a container on a snapshot; its name says whom it serves. */
export async function startContainer(
  request: StartRequest,
  settings: StartSettings,
  name: string,
): Promise<RunningContainer> {
  const farewell = newFarewell();
  const container = await createContainer(request, settings, name, firstLane(farewell));
  try {
    return { container, lanes: await Lanes.start(container, farewell) };
  } catch (error) {
    await removeContainer(container);
    throw error;
  }
}

/** What must be alike for one container to serve in another's place. */
const kindOf = ({ snapshot, limits, network, labels }: StartRequest): string =>
  JSON.stringify([snapshot.imageId, limits, network, labels.convoy]);

interface Shelf {
  readonly convoy: string;
  readonly ready: RunningContainer[];
  filling: Promise<void> | null;
  /** How many are to wait, as the last request said. */
  wanted: number;
  /** Empties the shelf when nobody has asked for a container of its kind for a while. */
  readonly idle: NodeJS.Timeout;
  closed: boolean;
}

/** Containers that run before they are needed, a few for each snapshot of each convoy. */
export class WarmPool {
  readonly #settings: StartSettings;
  readonly #shelves = new Map<string, Shelf>();

  constructor(settings: StartSettings) {
    this.#settings = settings;
  }

  /** A warm container, from now on the caller's, or null when none is ready. */
  async take(request: StartRequest): Promise<RunningContainer | null> {
    const shelf = this.#shelves.get(kindOf(request));
    for (let warm = shelf?.ready.shift(); warm !== undefined; warm = shelf?.ready.shift()) {
      if (warm.lanes.areOpen) return warm;
      // It died while it waited, with the engine perhaps.
      warm.lanes.close();
      await removeContainer(warm.container);
    }
    return null;
  }

  /** Resolves when as many are ready as the request says, or the town's settings. */
  async fill(request: StartRequest): Promise<void> {
    const wanted = Math.min(request.warm ?? this.#settings.warm, request.startsLeft ?? Infinity);
    const kind = kindOf(request);
    const known = this.#shelves.get(kind);
    if (wanted === 0 && known === undefined) return;
    const shelf = known ?? this.#newShelf(kind, request.labels.convoy);
    shelf.wanted = wanted;
    shelf.idle.refresh();
    shelf.filling ??= this.#fillShelf(shelf, request).finally(() => {
      shelf.filling = null;
    });
    await shelf.filling;
  }

  /** Resolves when nothing is being made ready. */
  async settled(): Promise<void> {
    await Promise.allSettled([...this.#shelves.values()].map(({ filling }) => filling));
  }

  /** Removes what waits for a convoy, or for all; nothing of it comes up afterwards. */
  async drop(convoy: string | null): Promise<void> {
    for (const [kind, shelf] of this.#shelves) {
      if (convoy === null || shelf.convoy === convoy) await this.#empty(kind, shelf);
    }
  }

  #newShelf(kind: string, convoy: string): Shelf {
    // An engine that is away now is swept when the convoy ends.
    const empty = (): void => void this.#empty(kind, shelf).catch(() => undefined);
    const idle = setTimeout(empty, this.#settings.warmIdleMs).unref();
    const shelf: Shelf = { convoy, ready: [], filling: null, wanted: 0, idle, closed: false };
    this.#shelves.set(kind, shelf);
    return shelf;
  }

  async #empty(kind: string, shelf: Shelf): Promise<void> {
    shelf.closed = true;
    clearTimeout(shelf.idle);
    this.#shelves.delete(kind);
    await Promise.allSettled([shelf.filling]);
    for (const { container, lanes } of shelf.ready.splice(0)) {
      lanes.close();
      await removeContainer(container);
    }
  }

  async #fillShelf(shelf: Shelf, request: StartRequest): Promise<void> {
    const warm = { ...request, labels: { convoy: shelf.convoy, purpose: 'warm' } };
    while (!shelf.closed && shelf.ready.length < shelf.wanted) {
      const made = await startContainer(warm, this.#settings, newContainerName(this.#settings.town, 'warm'));
      try {
        await made.lanes.warm(LANES_AHEAD);
      } catch (error) {
        await removeContainer(made.container);
        throw error;
      }
      shelf.ready.push(made);
    }
  }
}
