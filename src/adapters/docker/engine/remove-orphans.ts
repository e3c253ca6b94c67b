import { engineCall, engineCallOrNull } from './engine-call.ts';
import { filters, label, sessionPrefix } from './labels.ts';
import type { Settings } from './options.ts';
import { removeContainer } from './remove-container.ts';

/** Containers that serve no session: what made them waits for them, and once it is gone nothing finds them again. */
const namelessOnes = ['', 'warm', 'egress'];

/**
 * Removes the containers and networks of this town that nobody will ask for again: all of convoys that are not `live`, and
 * of the others what an earlier process had made for itself and not for a session. Only before a town's process starts
 * anything, or where none works. Returns how many containers went.
 */
export async function removeOrphans(settings: Settings, live: readonly string[]): Promise<number> {
  const { docker, town } = settings;
  const nameless = namelessOnes.map((session) => `/${sessionPrefix(town, session)}`);
  const lives = new Set(live);
  const containers = await engineCall('listing containers', () =>
    docker.listContainers({ all: true, filters: filters([label.town, town]) }),
  );
  const orphans = containers.filter(
    ({ Labels, Names }) =>
      !lives.has(Labels[label.convoy] ?? '') ||
      Names.some((name) => nameless.some((prefix) => name.startsWith(prefix))),
  );
  for (const { Id } of orphans) await removeContainer(docker.getContainer(Id));
  const networks = await engineCall('listing networks', () =>
    docker.listNetworks({ filters: JSON.stringify(filters([label.town, town])) }),
  );
  // 403: something is on it that is not ours to remove.
  for (const { Id } of networks) {
    await engineCallOrNull('removing a network', () => docker.getNetwork(Id).remove(), [403]);
  }
  return orphans.length;
}
