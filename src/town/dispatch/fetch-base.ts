import type { Hub, RepositoryRef } from '../ports/hub.ts';
import type { Town } from '../town.ts';

/** Brings the default branch into the rig's bare repository; null when it has no commit yet. */
export async function fetchBase(
  town: Town,
  rig: RepositoryRef,
  hub: Hub,
): Promise<{ branch: string; commit: string } | null> {
  const store = await town.git.open(rig.id);
  const branch = await hub.defaultBranch();
  const kept = `refs/gas-town/base/${branch}`;
  // With a pattern, git fetches nothing where the branch doesn't exist yet; by its plain name it would fail.
  await store.fetch(await hub.gitRemote(), [`+refs/heads/${branch}*:${kept}*`]);
  const commit = await store.resolve(kept);
  return commit === null ? null : { branch, commit };
}
