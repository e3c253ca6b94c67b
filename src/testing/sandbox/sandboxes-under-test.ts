import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import Dockerode from 'dockerode';
import { expect } from 'vitest';
import { createSandboxes, type DockerSandboxes } from '../../adapters/docker/create-sandboxes.ts';
import { lineRepository } from '../../adapters/docker/engine/labels.ts';
import type { SandboxesOptions } from '../../adapters/docker/engine/options.ts';
import type { Sandbox, Snapshot, TreeDifference } from '../../town/ports/sandbox.ts';
import { rigImage, testEngine } from '../engine.ts';
import { type TestFile, testTar } from './test-tar.ts';

export const testLimits = { memoryBytes: 512 * 2 ** 20, cpus: 2, processes: 256 };
export const testConvoy = 'convoy/1/1';

/** Sandboxes on the real engine under a town's name of their own, so that tests beside each other can't meet. */
export interface SandboxesUnderTest {
  readonly docker: Dockerode;
  readonly town: string;
  readonly sandboxes: DockerSandboxes;
  readonly image: string;
  /** A snapshot of the files, the one that is there for the very same list and set-up; fails the test when the set-up fails. */
  snapshot(files: readonly TestFile[], setup?: readonly string[]): Promise<Snapshot>;
  start(snapshot: Snapshot, difference?: TreeDifference | null, session?: string): Promise<Sandbox>;
  /** A second town's process on the same engine: same name, nothing remembered. */
  again(options?: Partial<SandboxesOptions>): DockerSandboxes;
  /** Removes the convoy as the town does, and fails the test if anything of it is left on the engine. */
  end(): Promise<void>;
}

export async function sandboxesUnderTest(
  options: Partial<SandboxesOptions> = {},
): Promise<SandboxesUnderTest> {
  const docker = new Dockerode(await testEngine());
  const town = `test-${randomUUID()}`;
  const again = (more: Partial<SandboxesOptions> = {}): DockerSandboxes =>
    createSandboxes({ docker, town, ...options, ...more });
  const sandboxes = again();
  const labels = { convoy: testConvoy, purpose: 'test' };
  const filters = { label: [`gas-town.town=${town}`] };
  const made = new Map<readonly TestFile[], Map<string, Promise<Snapshot>>>();
  const make = async (files: readonly TestFile[], setup: readonly string[]): Promise<Snapshot> => {
    const result = await sandboxes.snapshot({
      image: rigImage,
      tree: randomUUID(),
      files: (): Readable => testTar(files),
      setup,
      limits: testLimits,
      labels,
    });
    if (result.status !== 'ready') throw new Error(`the set-up failed: ${result.output}`);
    return result.snapshot;
  };
  return {
    docker,
    town,
    sandboxes,
    image: rigImage,
    again,
    snapshot(files, setup = []) {
      const ofFiles = made.get(files) ?? new Map<string, Promise<Snapshot>>();
      made.set(files, ofFiles);
      const key = setup.join('\n');
      const snapshot = ofFiles.get(key) ?? make(files, setup);
      ofFiles.set(key, snapshot);
      return snapshot;
    },
    start: (snapshot, difference = null, session = '') =>
      sandboxes.start({
        snapshot,
        difference,
        limits: testLimits,
        network: 'none',
        labels: { ...labels, session },
      }),
    async end() {
      await sandboxes.removeConvoy(testConvoy);
      const containers = await docker.listContainers({ all: true, filters });
      await removeLines(docker, town);
      const images = await docker.listImages({ filters });
      expect({ containers, images }).toEqual({ containers: [], images: [] });
    },
  };
}

/** A rig's latest snapshot outlives its convoy on purpose; a test's must not. */
async function removeLines(docker: Dockerode, town: string): Promise<void> {
  const reference = [`${lineRepository(town)}:*`];
  for (const { RepoTags } of await docker.listImages({ filters: { reference } })) {
    for (const tag of RepoTags ?? []) await docker.getImage(tag).remove();
  }
}

/** Both streams of a command as text. */
export async function shell(
  sandbox: Sandbox,
  command: string,
): Promise<{ out: string; err: string; code: number | null }> {
  const result = await sandbox.exec(command, { timeoutMs: 30_000 });
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
  return { out: text(result.stdout.head), err: text(result.stderr.head), code: result.exitCode };
}
