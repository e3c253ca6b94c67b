import type Dockerode from 'dockerode';
import { engineCall, engineCallOrNull } from './engine-call.ts';
import { filters, label } from './labels.ts';

/** Removes an image, or one name of it. False where it is needed (a newer one or a container stands on it), or gone. */
export async function removeImage(docker: Dockerode, name: string): Promise<boolean> {
  const remove = (): Promise<true> =>
    docker
      .getImage(name)
      .remove()
      .then(() => true);
  return (await engineCallOrNull('removing a snapshot', remove, [409])) !== null;
}

/**
 * Removes the town's images that have lost their name: a commit that was asked for again, because its answer was lost, takes
 * the name from the first. Not while a commit runs, as its image has no name for a moment. Returns how many went.
 */
export async function removeNameless(docker: Dockerode, town: string): Promise<number> {
  const nameless = await engineCall('listing snapshots', () =>
    docker.listImages({ filters: { ...filters([label.town, town]), dangling: ['true'] } }),
  );
  let removed = 0;
  for (const { Id } of nameless) removed += (await removeImage(docker, Id)) ? 1 : 0;
  return removed;
}
