import type Dockerode from 'dockerode';
import { z } from 'zod';
import { engineCall, engineCallOrNull } from './engine-call.ts';
import { SandboxFailed } from './errors.ts';
import { newContainerName } from './labels.ts';
import { removeContainer } from './remove-container.ts';

const engineInfo = z.object({
  Driver: z.string(),
  DriverStatus: z.array(z.tuple([z.string(), z.string()])).nullish(),
});
export type EngineInfo = z.output<typeof engineInfo>;

/**
 * Whether an engine with such storage can limit what a container writes (`StorageOpt.size`). On overlay2 it takes xfs that
 * is mounted with project quotas, which only trying tells.
 */
export function mayLimitStorage({ Driver, DriverStatus }: EngineInfo): 'yes' | 'perhaps' | 'no' {
  if (Driver === 'btrfs' || Driver === 'zfs') return 'yes';
  const backing = DriverStatus?.find(([name]) => name === 'Backing Filesystem')?.[1];
  return Driver === 'overlay2' && backing === 'xfs' ? 'perhaps' : 'no';
}

/** Knows, once asked, whether the engine itself limits what a container writes. */
export class StorageLimit {
  readonly #docker: Dockerode;
  readonly #town: string;
  readonly #maxBytes: number;
  #known: Promise<EngineInfo['Driver'] | null> | null = null;

  constructor(docker: Dockerode, town: string, maxBytes: number) {
    this.#docker = docker;
    this.#town = town;
    this.#maxBytes = maxBytes;
  }

  /** What to ask of the engine for a container of the image; nothing where it can't. */
  async optionsFor(imageId: string): Promise<{ readonly StorageOpt?: { readonly size: string } }> {
    this.#known ??= this.#find(imageId).catch((error: unknown) => {
      this.#known = null;
      throw error;
    });
    const driver = await this.#known;
    if (driver === null) return {};
    // A btrfs quota counts the image's own files too.
    const own = driver === 'btrfs' ? await this.#sizeOf(imageId) : 0;
    return { StorageOpt: { size: String(this.#maxBytes + own) } };
  }

  async #find(imageId: string): Promise<EngineInfo['Driver'] | null> {
    const info = engineInfo.parse(await engineCall('asking for the storage', () => this.#docker.info()));
    const may = mayLimitStorage(info);
    if (may === 'no' || (may === 'perhaps' && !(await this.#takes(imageId)))) return null;
    return info.Driver;
  }

  /** Whether a container with a limit can be made at all; it is never started. */
  async #takes(imageId: string): Promise<boolean> {
    try {
      const container = await engineCall('trying a limit of storage', () =>
        this.#docker.createContainer({
          name: newContainerName(this.#town, ''),
          Image: imageId,
          Cmd: ['true'],
          Labels: { 'gas-town.town': this.#town },
          HostConfig: { StorageOpt: { size: String(this.#maxBytes) } },
        }),
      );
      await removeContainer(container);
      return true;
    } catch (error) {
      if (error instanceof SandboxFailed && error.status !== 404) return false;
      throw error;
    }
  }

  async #sizeOf(imageId: string): Promise<number> {
    const image = await engineCallOrNull('looking at an image', () =>
      this.#docker.getImage(imageId).inspect(),
    );
    return image?.Size ?? 0;
  }
}
