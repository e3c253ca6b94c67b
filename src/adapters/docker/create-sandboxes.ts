import type Dockerode from 'dockerode';
import type {
  RunRequest,
  RunResult,
  Sandbox,
  Sandboxes,
  SnapshotRequest,
  SnapshotResult,
  StartRequest,
} from '../../town/ports/sandbox.ts';
import { applyDifference, withChange } from './apply-difference.ts';
import type { Baseline } from './baseline.ts';
import { DockerSandbox } from './docker-sandbox.ts';
import { engineCall, engineCallOrNull } from './engine-call.ts';
import { SandboxFailed } from './errors.ts';
import { filters, label, snapshotRepository } from './labels.ts';
import { Lanes } from './lanes.ts';
import { makeSnapshot } from './make-snapshot.ts';
import { type SandboxesOptions, type Settings, settingsOf } from './options.ts';
import { removeContainer } from './remove-container.ts';
import { runCommand } from './run-command.ts';
import { createContainer } from './start-container.ts';
import { commitGit } from './throw-away-git.ts';
import { getBaseline, putBaseline } from './town-files.ts';

class DockerSandboxes implements Sandboxes {
  readonly #settings: Settings;
  readonly #making = new Map<string, Promise<SnapshotResult>>();
  readonly #baselines = new Map<string, Baseline>();

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  async snapshot(request: SnapshotRequest): Promise<SnapshotResult> {
    const same = JSON.stringify([request.image, request.tree, request.setup, request.labels.convoy]);
    const running = this.#making.get(same);
    if (running !== undefined) return running;
    const making = this.#make(request).finally(() => this.#making.delete(same));
    this.#making.set(same, making);
    return making;
  }

  async start(request: StartRequest): Promise<Sandbox> {
    const container = await createContainer(request, this.#settings);
    try {
      await engineCall('starting a container', () => container.start());
      const lanes = new Lanes(container);
      if (request.difference === null) return this.#sandbox(container, lanes, null);
      const change = await applyDifference(container, lanes, request.difference);
      await putBaseline(container, 'difference.json', change);
      await commitGit(lanes);
      return this.#sandbox(container, lanes, change);
    } catch (error) {
      await removeContainer(container);
      throw error;
    }
  }

  async find(session: string): Promise<Sandbox | null> {
    const found = await this.#containers([label.session, session]);
    const newest = found.sort((a, b) => b.Created - a.Created)[0];
    if (newest === undefined) return null;
    const container = this.#settings.docker.getContainer(newest.Id);
    const started = await engineCallOrNull(
      'starting a container',
      () => container.start().then(() => true),
      [304],
    );
    if (
      started === null &&
      (await engineCallOrNull('looking at a container', () => container.inspect())) === null
    ) {
      return null;
    }
    const change = await getBaseline(container, 'difference.json');
    return this.#sandbox(container, new Lanes(container), change);
  }

  run(request: RunRequest): Promise<RunResult> {
    return runCommand(request, this.#settings);
  }

  async removeConvoy(convoy: string): Promise<void> {
    const { docker, town } = this.#settings;
    for (const { Id } of await this.#containers([label.convoy, convoy])) {
      await removeContainer(docker.getContainer(Id));
    }
    const repository = snapshotRepository(town, convoy);
    const images = await engineCall('listing snapshots', () =>
      docker.listImages({ filters: { reference: [`${repository}:*`] } }),
    );
    for (const tag of images.flatMap((image) => image.RepoTags ?? [])) {
      if (!tag.startsWith(`${repository}:`)) continue;
      await engineCallOrNull('removing a snapshot', () => docker.getImage(tag).remove());
    }
  }

  async #make(request: SnapshotRequest): Promise<SnapshotResult> {
    const { result, baseline } = await makeSnapshot(request, this.#settings);
    if (result.status === 'ready' && baseline !== null) {
      this.#baselines.set(result.snapshot.imageId, baseline);
    }
    return result;
  }

  #containers(by: readonly [string, string]): Promise<Dockerode.ContainerInfo[]> {
    const { docker, town } = this.#settings;
    return engineCall('listing containers', () =>
      docker.listContainers({ all: true, filters: filters([label.town, town], by) }),
    );
  }

  #sandbox(container: Dockerode.Container, lanes: Lanes, change: Baseline | null): Sandbox {
    const baseline = async (): Promise<Baseline> => {
      const base = await this.#baselineOf(container);
      return change === null ? base : withChange(base, change);
    };
    return new DockerSandbox(container, lanes, baseline, this.#settings.takeOut);
  }

  async #baselineOf(container: Dockerode.Container): Promise<Baseline> {
    const facts = await engineCall('looking at a container', () => container.inspect());
    const known = this.#baselines.get(facts.Image);
    if (known !== undefined) return known;
    const read = await getBaseline(container, 'baseline.json');
    if (read === null) {
      const reason = 'the container was not started from a snapshot of the town';
      throw new SandboxFailed({ doing: 'reading a baseline', status: null, reason });
    }
    this.#baselines.set(facts.Image, read);
    return read;
  }
}

/** Sandboxes on a Docker engine (API 1.41 or newer). */
export const createSandboxes = (options: SandboxesOptions): Sandboxes =>
  new DockerSandboxes(settingsOf(options));
