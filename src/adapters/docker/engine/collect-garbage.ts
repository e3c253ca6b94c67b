import type Dockerode from 'dockerode';
import { engineCall, WITHOUT_LIMIT } from './engine-call.ts';
import { filters, label, lineRepository, snapshotRepositories, snapshotRepository } from './labels.ts';
import type { Settings } from './options.ts';
import { removeImage, removeNameless } from './remove-image.ts';
import { removeOrphans } from './remove-orphans.ts';

export interface GarbageRequest {
  /** Convoys whose containers and snapshots stay. */
  readonly liveConvoys: readonly string[];
  /** Whether the latest snapshot of each rig stays, so that its next convoy starts from it. */
  readonly keepLines: boolean;
}

export interface Collected {
  readonly containers: number;
  readonly images: number;
  /** What the engine's data shrank by. */
  readonly freedBytes: number;
}

async function layerBytes(docker: Dockerode): Promise<number> {
  const usage: { LayersSize?: number } = await engineCall(
    'measuring disk use',
    () => docker.df(),
    WITHOUT_LIMIT,
  );
  return usage.LayersSize ?? 0;
}

/**
 * Removes what this town left on the engine and nobody needs: containers and snapshots of convoys that are over, what a
 * process that is gone left behind, and snapshots without a name. Only where no other process of this town works.
 */
export async function collectGarbage(settings: Settings, request: GarbageRequest): Promise<Collected> {
  const { docker, town } = settings;
  const before = await layerBytes(docker);
  const containers = await removeOrphans(settings, request.liveConvoys);
  const held = new Set(request.liveConvoys.map((convoy) => snapshotRepository(town, convoy)));
  const images = await engineCall('listing snapshots', () =>
    docker.listImages({ filters: filters([label.town, town]) }),
  );
  let removed = 0;
  for (const tag of images.flatMap(({ RepoTags }) => RepoTags ?? [])) {
    const repository = tag.slice(0, tag.lastIndexOf(':'));
    const ended = repository.startsWith(`${snapshotRepositories(town)}/`) && !held.has(repository);
    if (!ended && (request.keepLines || repository !== lineRepository(town))) continue;
    if (await removeImage(docker, tag)) removed += 1;
  }
  removed += await removeNameless(docker, town);
  const freedBytes = Math.max(0, before - (await layerBytes(docker)));
  return { containers, images: removed, freedBytes };
}
