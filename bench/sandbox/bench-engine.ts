import { randomUUID } from 'node:crypto';
import Dockerode from 'dockerode';
import { createSandboxes, type DockerSandboxes } from '../../src/adapters/docker/create-sandboxes.ts';
import { rigImage, testEngine } from '../../src/testing/engine.ts';
import type { Sandbox, Snapshot, SnapshotLine } from '../../src/town/ports/sandbox.ts';
import { madeTree, type TreeShape } from './made-tree.ts';

const limits = { memoryBytes: 512 * 2 ** 20, cpus: 2, processes: 256 };

/** A town of its own on the real engine, for one run of a bench. */
export class BenchEngine {
  readonly docker: Dockerode;
  readonly sandboxes: DockerSandboxes;
  readonly convoy = `convoy/1/${Date.now()}`;
  readonly #town = `bench-${randomUUID()}`;

  private constructor(docker: Dockerode, warm: number) {
    this.docker = docker;
    this.sandboxes = createSandboxes({ docker, town: this.#town, warm });
  }

  static async open(warm = 0): Promise<BenchEngine> {
    return new BenchEngine(new Dockerode(await testEngine()), warm);
  }

  async snapshot(tree: string, shape: TreeShape, line?: SnapshotLine): Promise<Snapshot> {
    const made = await this.sandboxes.snapshot({
      image: rigImage,
      tree,
      files: () => madeTree(shape),
      setup: [],
      limits,
      labels: { convoy: this.convoy, purpose: 'bench' },
      ...(line === undefined ? {} : { line }),
    });
    if (made.status !== 'ready') throw new Error(made.output);
    return made.snapshot;
  }

  start(snapshot: Snapshot): Promise<Sandbox> {
    const labels = { convoy: this.convoy, purpose: 'bench', session: randomUUID() };
    return this.sandboxes.start({ snapshot, difference: null, limits, network: 'none', labels });
  }

  /** A container as the engine alone makes one, unnamed, gone with the convoy. */
  async bare(imageId: string): Promise<Dockerode.Container> {
    const container = await this.docker.createContainer({
      Image: imageId,
      Cmd: ['sleep', 'infinity'],
      HostConfig: { NetworkMode: 'none', Init: true },
      Labels: { 'gas-town.town': this.#town, 'gas-town.convoy': this.convoy },
    });
    await container.start();
    return container;
  }

  /** One `docker exec`, as a tool call would cost without lanes. */
  async exec(id: string, command: readonly string[]): Promise<void> {
    const exec = await this.docker
      .getContainer(id)
      .exec({ Cmd: [...command], AttachStdout: true, AttachStderr: true });
    const stream = await exec.start({ hijack: true });
    stream.resume();
    await new Promise<void>((resolve, reject) => stream.on('end', resolve).on('error', reject));
    await exec.inspect();
  }

  async close(): Promise<void> {
    await this.sandboxes.close();
    await this.sandboxes.removeConvoy(this.convoy);
    await this.sandboxes.collectGarbage({ liveConvoys: [], keepLines: false });
  }
}
