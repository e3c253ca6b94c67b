import { statfs } from 'node:fs/promises';
import type Dockerode from 'dockerode';
import { engineCall } from './engine-call.ts';
import { DiskFull, SandboxFailed } from './errors.ts';

/** Knows how much room the engine has, where its data lies on a disk of this machine. */
export class DiskSpace {
  readonly #docker: Dockerode;
  readonly #floorBytes: number;
  #folder: Promise<string> | null = null;

  constructor(docker: Dockerode, floorBytes: number) {
    this.#docker = docker;
    this.#floorBytes = floorBytes;
  }

  /** Where the engine keeps its data and what is free there; null where that disk can't be seen from here. */
  async free(): Promise<{ readonly path: string; readonly freeBytes: number } | null> {
    this.#folder ??= engineCall('asking for the data folder', () => this.#docker.info()).then(
      (info: { DockerRootDir: string }) => info.DockerRootDir,
    );
    const asked = this.#folder;
    const path = await asked.catch((error: unknown) => {
      this.#folder = null;
      throw error;
    });
    try {
      const { bavail, bsize } = await statfs(path);
      return { path, freeBytes: bavail * bsize };
    } catch {
      // Another machine's disk, or one that this process may not look at.
      return null;
    }
  }

  /** Does work that needs room. Rejects with `DiskFull` where there is too little before it, or none left when it fails. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    await this.#mustHave(this.#floorBytes, undefined);
    try {
      return await work();
    } catch (cause) {
      if (cause instanceof SandboxFailed) await this.#mustHave(this.#floorBytes / 8, cause);
      throw cause;
    }
  }

  async #mustHave(neededBytes: number, cause: unknown): Promise<void> {
    const found = await this.free();
    if (found === null || found.freeBytes >= neededBytes) return;
    throw new DiskFull({ ...found, neededBytes }, { cause });
  }
}
