import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sizeBelow } from '../world/size-below.ts';
import type { World } from '../world/world.ts';

/** What a town holds at one moment. */
export interface Sample {
  readonly convoys: number;
  readonly events: number;
  /** Resident memory of the process, MiB. */
  readonly memoryMiB: number;
  /** Open file descriptors of the process. */
  readonly handles: number;
  /** Of the engine, or the folders in their place. */
  readonly containers: number;
  readonly images: number;
  /** The ledger's file and its write-ahead log, KiB. */
  readonly ledgerKiB: number;
  /** The rig's bare repository, KiB. */
  readonly gitKiB: number;
  /** What the town has written to its log since it began, KiB. */
  readonly logKiB: number;
  /** Files in its folder for passing ones. */
  readonly passingFiles: number;
}

/** Looks at a running town from outside: the kernel's figures of its process, the engine's of its containers, the sizes of its files. */
export async function takeSample(
  { engine, townName, data, temporary }: World,
  town: { readonly pid: number; readonly loggedBytes: number },
  counted: { readonly convoys: number; readonly events: number },
): Promise<Sample> {
  const status = await readFile(`/proc/${town.pid}/status`, 'utf8');
  const filters = { label: [`gas-town.town=${townName}`] };
  const sizeOf = async (name: string): Promise<number> => (await stat(join(data, name))).size;
  const sandboxes = join(data, 'sandboxes');
  const places = existsSync(sandboxes) ? await readdir(sandboxes) : [];
  const snapshots = places.filter((name) => name.startsWith('snapshot-'));
  const folders = places.filter((name) => !name.startsWith('snapshot-'));
  return {
    ...counted,
    memoryMiB: Math.round(Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024),
    handles: (await readdir(`/proc/${town.pid}/fd`)).length,
    containers: (await engine.listContainers({ all: true, filters })).length + folders.length,
    images: (await engine.listImages({ filters })).length + snapshots.length,
    ledgerKiB: kib((await sizeOf('beads.db')) + (await sizeOf('beads.db-wal'))),
    gitKiB: kib(await sizeBelow(join(data, 'rigs'))),
    logKiB: kib(town.loggedBytes),
    passingFiles: (await readdir(temporary)).length,
  };
}

const kib = (bytes: number): number => Math.round(bytes / 1024);
