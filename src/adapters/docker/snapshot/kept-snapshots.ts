import { engineCall, engineCallOrNull } from '../engine/engine-call.ts';
import { snapshotTag } from '../engine/labels.ts';
import type { Settings } from '../engine/options.ts';

const repository = 'gas-town-kept';

/**
 * Holds on to a snapshot after its convoy has ended, so that the next convoy of the same tree and the same set-up, of
 * whatever town on this engine, starts at once. Only the newest few are kept.
 */
export async function keepSnapshot(settings: Settings, imageId: string, key: string): Promise<void> {
  if (settings.keptSnapshots === 0) return;
  const { docker } = settings;
  await engineCall('keeping a snapshot', () =>
    docker.getImage(imageId).tag({ repo: repository, tag: snapshotTag(key) }),
  );
  const kept = await engineCall('listing kept snapshots', () =>
    docker.listImages({ filters: { reference: [`${repository}:*`] } }),
  );
  const old = kept.sort((a, b) => b.Created - a.Created).slice(settings.keptSnapshots);
  for (const tag of old.flatMap((image) => image.RepoTags ?? [])) {
    if (!tag.startsWith(`${repository}:`)) continue;
    await engineCallOrNull('removing a kept snapshot', () => docker.getImage(tag).remove());
  }
}
