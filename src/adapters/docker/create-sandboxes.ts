import type Dockerode from 'dockerode';
import type {
  EngineWatch,
  RunRequest,
  RunResult,
  Sandbox,
  Sandboxes,
  SnapshotRequest,
  SnapshotResult,
  StartRequest,
  TreeDifference,
} from '../../town/ports/sandbox.ts';
import { DockerSandbox } from './docker-sandbox.ts';
import { AgentEgress } from './egress/agent-egress.ts';
import { removeNetworks } from './egress/start-proxy.ts';
import { type Collected, collectGarbage, type GarbageRequest } from './engine/collect-garbage.ts';
import type { StartSettings } from './engine/create-container.ts';
import { DiskSpace } from './engine/disk-space.ts';
import { engineCall, engineCallOrNull } from './engine/engine-call.ts';
import { ImageMissing } from './engine/errors.ts';
import { filters, label, newContainerName, sessionPrefix, snapshotRepository } from './engine/labels.ts';
import { type SandboxesOptions, type Settings, settingsOf } from './engine/options.ts';
import { Removals } from './engine/removals.ts';
import { removeContainer } from './engine/remove-container.ts';
import { removeImage, removeNameless } from './engine/remove-image.ts';
import { removeOrphans } from './engine/remove-orphans.ts';
import { StorageLimit } from './engine/storage-limit.ts';
import { watchEngine } from './engine/watch-engine.ts';
import { runCommand } from './run-command.ts';
import { Lanes } from './shell/lanes.ts';
import { applyDifference } from './snapshot/apply-difference.ts';
import { type Baseline, withChange } from './snapshot/baseline.ts';
import { KnownSnapshots } from './snapshot/known-snapshots.ts';
import { makeSnapshot } from './snapshot/make-snapshot.ts';
import { commitGit } from './snapshot/throw-away-git.ts';
import { getBaseline, OWN_LAYER, putBaseline } from './snapshot/town-files.ts';
import type { ImageTools } from './take-out/list-workspace.ts';
import { type RunningContainer, startContainer, WarmPool } from './warm-pool.ts';

/** A baseline takes some megabytes for a large repository; what is forgotten is read from the engine again. */
const MOST_REMEMBERED = 16;

/** Sandboxes on one Docker engine. */
export class DockerSandboxes implements Sandboxes {
  readonly #settings: StartSettings;
  readonly #snapshots = new KnownSnapshots();
  readonly #baselines = new Map<string, Baseline>();
  /** Asked of one container for all that start on its image at once. */
  readonly #reading = new Map<string, Promise<Baseline>>();
  readonly #tools = new Map<string, ImageTools>();
  readonly #pool: WarmPool;
  readonly #disk: DiskSpace;

  constructor(settings: Settings) {
    const { docker, town, maxWritableBytes } = settings;
    this.#settings = {
      ...settings,
      agentEgress: new AgentEgress(settings),
      removals: new Removals(),
      storage: new StorageLimit(docker, town, maxWritableBytes),
    };
    this.#pool = new WarmPool(this.#settings);
    this.#disk = new DiskSpace(settings.docker, settings.freeFloorBytes);
  }

  /** Resolves when the warm containers that are being made are ready, and those whose work is done are gone. */
  async settled(): Promise<void> {
    await this.#pool.settled();
    await this.#settings.removals.settled();
  }

  /**
   * Removes what an earlier process of this town left running and nobody will find again. To be called before anything is
   * started; `live` are the convoys that go on.
   */
  async removeOrphans(live: readonly string[]): Promise<void> {
    await removeOrphans(this.#settings, live);
  }

  /** Removes what this town left on the engine and nobody needs; what waits for work goes too. */
  async collectGarbage(request: GarbageRequest): Promise<Collected> {
    await this.#pool.drop(null);
    await this.#settings.removals.settled();
    this.#snapshots.forget(() => true);
    return collectGarbage(this.#settings, request);
  }

  async close(): Promise<void> {
    await this.#pool.drop(null);
    await this.#settings.removals.settled();
    await this.#settings.agentEgress.forget(null);
  }

  snapshot(request: SnapshotRequest): Promise<SnapshotResult> {
    return this.#snapshots.of(request, () => this.#disk.during(() => this.#make(request)));
  }

  start(request: StartRequest): Promise<Sandbox> {
    return this.#on(request, () => this.#start(request));
  }

  prepare(request: StartRequest): Promise<void> {
    return this.#on(request, () => this.#pool.fill(request));
  }

  async find(session: string): Promise<Sandbox | null> {
    const { docker, town } = this.#settings;
    const name = [`^/${sessionPrefix(town, session)}`];
    const found = await this.#containers({ ...filters([label.town, town]), name });
    const newest = found.sort((a, b) => b.Created - a.Created)[0];
    if (newest === undefined) return null;
    const container = docker.getContainer(newest.Id);
    const started = await engineCallOrNull(
      'starting a container',
      () => container.start().then(() => true),
      [304],
    );
    if (started === null && (await this.#inspect(container)) === null) return null;
    await this.#settings.agentEgress.takeUp(newest.Labels[label.convoy] ?? '');
    let baseline: Promise<Baseline> | null = null;
    return new DockerSandbox(
      container,
      new Lanes(container),
      () => {
        baseline ??= getBaseline(container);
        return baseline;
      },
      this.#settings,
    );
  }

  run(request: RunRequest): Promise<RunResult> {
    return this.#on(request, () => runCommand(request, this.#settings));
  }

  watch(watch: EngineWatch): Promise<void> {
    return watchEngine(this.#settings.docker, watch);
  }

  async removeConvoy(convoy: string): Promise<void> {
    const { docker, town } = this.#settings;
    this.#snapshots.forget((one) => one.convoy === convoy);
    await this.#pool.drop(convoy);
    await this.#settings.removals.settled();
    await this.#settings.agentEgress.forget(convoy);
    const containers = await this.#containers(filters([label.town, town], [label.convoy, convoy]));
    for (const { Id } of containers) await removeContainer(docker.getContainer(Id));
    await removeNetworks(this.#settings, convoy);
    const repository = snapshotRepository(town, convoy);
    const images = await engineCall('listing snapshots', () =>
      docker.listImages({ filters: { reference: [`${repository}:*`] } }),
    );
    for (const tag of images.flatMap((image) => image.RepoTags ?? [])) {
      if (!tag.startsWith(`${repository}:`)) continue;
      await removeImage(docker, tag);
    }
    if (!this.#snapshots.isMaking) await removeNameless(docker, town);
  }

  /** Work on a snapshot. What turns out to be gone is not taken for there again. */
  async #on<T>({ snapshot }: StartRequest, work: () => Promise<T>): Promise<T> {
    try {
      return await this.#disk.during(work);
    } catch (error) {
      if (error instanceof ImageMissing) this.#snapshots.forget((one) => one.imageId === snapshot.imageId);
      throw error;
    }
  }

  async #start(request: StartRequest): Promise<Sandbox> {
    const name = newContainerName(this.#settings.town, request.labels.session ?? '');
    const warm = await this.#pool.take(request);
    // A container is its session's, by name, only once its tree is whole: a town that dies before leaves a nameless one.
    const asMade = request.difference === null ? name : newContainerName(this.#settings.town, '');
    const running = warm ?? (await startContainer(request, this.#settings, asMade));
    // Whoever starts next meets the same engine and is told what is wrong with it.
    this.#pool.fill(request).catch(() => undefined);
    const { container, lanes } = running;
    try {
      const change = request.difference === null ? null : await this.#turn(running, request.difference);
      if (warm !== null || change !== null) {
        await engineCall('naming a container', () => container.rename({ name }));
      }
      return this.#sandbox(running, request.snapshot.imageId, change);
    } catch (error) {
      lanes.close();
      await removeContainer(container);
      throw error;
    }
  }

  /** Turns a container's tree into the one it is to work on. */
  async #turn({ container, lanes }: RunningContainer, difference: TreeDifference): Promise<Baseline> {
    const change = await applyDifference(container, lanes, difference);
    await Promise.all([putBaseline(container, OWN_LAYER, change), commitGit(lanes, change)]);
    return change;
  }

  #remember(imageId: string, baseline: Baseline): void {
    this.#baselines.set(imageId, baseline);
    const [oldest] = this.#baselines.keys();
    if (this.#baselines.size <= MOST_REMEMBERED || oldest === undefined) return;
    this.#baselines.delete(oldest);
    this.#tools.delete(oldest);
  }

  async #make(request: SnapshotRequest): Promise<SnapshotResult> {
    const { result, baseline } = await makeSnapshot(request, this.#settings, this.#baselines);
    if (result.status === 'ready' && baseline !== null) {
      this.#remember(result.snapshot.imageId, baseline);
    }
    return result;
  }

  #containers(by: Record<string, string[]>): Promise<Dockerode.ContainerInfo[]> {
    return engineCall('listing containers', () =>
      this.#settings.docker.listContainers({ all: true, filters: by }),
    );
  }

  #inspect(container: Dockerode.Container): Promise<Dockerode.ContainerInspectInfo | null> {
    return engineCallOrNull('looking at a container', () => container.inspect());
  }

  #sandbox({ container, lanes }: RunningContainer, imageId: string, change: Baseline | null): Sandbox {
    const baseline = async (): Promise<Baseline> => {
      const known = this.#baselines.get(imageId);
      if (known !== undefined) return change === null ? known : withChange(known, change);
      if (change !== null) return getBaseline(container);
      const read = this.#reading.get(imageId) ?? getBaseline(container);
      this.#reading.set(imageId, read);
      try {
        this.#remember(imageId, await read);
        return await read;
      } finally {
        this.#reading.delete(imageId);
      }
    };
    const tools = this.#tools.get(imageId) ?? { areKnown: false };
    this.#tools.set(imageId, tools);
    return new DockerSandbox(container, lanes, baseline, this.#settings, tools);
  }
}

/** Sandboxes on a Docker engine (API 1.41 or newer). */
export const createSandboxes = (options: SandboxesOptions): DockerSandboxes =>
  new DockerSandboxes(settingsOf(options));
