import { stat } from 'node:fs/promises';
import { engineCall } from '../engine/engine-call.ts';
import { type SandboxesOptions, settingsOf } from '../engine/options.ts';
import { StorageLimit } from '../engine/storage-limit.ts';
import type { ProbeResult } from './probe-sandbox.ts';

const mib = (bytes: number): string => `${Math.floor(bytes / 2 ** 20)} MiB`;

/** Which of the ways to keep containers from filling the disk hold on this engine. The looks and the floor always do. */
export async function diskWays(options: SandboxesOptions, imageId: string): Promise<ProbeResult> {
  const { docker, town, maxWritableBytes, maxFileBytes, freeFloorBytes } = settingsOf(options);
  const byEngine = await new StorageLimit(docker, town, maxWritableBytes).optionsFor(imageId);
  const { DockerRootDir } = await engineCall('asking for the data folder', () => docker.info());
  const ways = [
    'StorageOpt' in byEngine
      ? `the engine limits each container to ${mib(maxWritableBytes)}`
      : `a container that has written ${mib(maxWritableBytes)} is stopped within a second or so`,
    `a file takes ${mib(maxFileBytes)} at most`,
    `nothing starts with less than ${mib(freeFloorBytes)} free`,
    await whereDataIs(DockerRootDir),
  ];
  return {
    claim: 'containers can not starve the machine of disk space',
    holds: true,
    evidence: ways.join('; '),
    whatToDo: '',
    tellsHow: true,
  };
}

async function whereDataIs(folder: string): Promise<string> {
  try {
    const apart = (await stat(folder)).dev !== (await stat('.')).dev;
    return apart ? 'the engine has a disk of its own' : 'the engine shares the disk of this folder';
  } catch (error) {
    return `the disk of the engine can not be seen from here (${error instanceof Error ? error.message : error})`;
  }
}
