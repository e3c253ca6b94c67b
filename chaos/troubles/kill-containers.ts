import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Random } from '../random.ts';
import type { World } from '../world/world.ts';

const started = z.object({ id: z.string() });

export interface ContainerKills {
  killed(): number;
  end(): Promise<void>;
}

/** Kills some of the town's containers right after they started: as many as `most`, about one in five. */
export async function killContainers(world: World, random: Random, most: number): Promise<ContainerKills> {
  const label = [`gas-town.town=${world.townName}`];
  const stream = await world.engine.getEvents({ filters: { type: ['container'], event: ['start'], label } });
  let killed = 0;
  const deaths: Promise<void>[] = [];
  const kill = async (id: string): Promise<void> => {
    try {
      await world.engine.getContainer(id).kill();
      killed += 1;
    } catch (error) {
      // The town may have been quicker: it is gone, or it does not run any more.
      if (![404, 409].includes(statusOf(error))) throw error;
    }
  };
  createInterface({ input: stream }).on('line', (line) => {
    if (deaths.length >= most || !random.chance(20)) return;
    deaths.push(kill(started.parse(JSON.parse(line)).id));
  });
  return {
    killed: () => killed,
    end: async () => {
      if ('destroy' in stream && typeof stream.destroy === 'function') stream.destroy();
      await Promise.all(deaths);
    },
  };
}

const statusOf = (error: unknown): number =>
  error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : 0;
