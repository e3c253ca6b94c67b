import { readdir } from 'node:fs/promises';
import type { World } from '../world/world.ts';

/**
 * When all has landed and the town has stopped, no container, no image and no temporary file of it may be left: but for the
 * rig's line of snapshots, from which its next convoy starts.
 */
export async function findLeftovers({ engine, townName, temporary }: World): Promise<string[]> {
  const filters = { label: [`gas-town.town=${townName}`] };
  const containers = await engine.listContainers({ all: true, filters });
  const images = (await engine.listImages({ filters })).filter(({ RepoTags }) => !isLine(RepoTags));
  const files = await readdir(temporary);
  return [
    ...containers.map(({ Names, State }) => `the container ${Names[0]} is left (${State})`),
    ...images.map(({ Id, RepoTags }) => `the image ${RepoTags?.[0] ?? Id} is left`),
    ...files.map((file) => `the temporary file ${file} is left`),
  ];
}

const isLine = (tags: readonly string[] | undefined): boolean =>
  tags?.some((tag) => tag.startsWith('gas-town-line/')) ?? false;
