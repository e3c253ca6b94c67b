import type { RehearsalScript } from '../../src/testing/rehearsal/script.ts';
import type { Random } from '../random.ts';
import type { World, WorldOptions } from '../world/world.ts';
import { gitHubFaults } from './github-faults.ts';
import { type KeptTown, type Kills, keepTown } from './keep-town.ts';
import { killContainers } from './kill-containers.ts';
import { lyingModels } from './lying-models.ts';
import { modelFaults } from './model-faults.ts';
import { engineOutages, fullDisk } from './outages.ts';

/** How often what broke in a run. */
export interface TroubleCounts {
  readonly containerKills: number;
  readonly engineOutages: number;
  readonly fullDisks: number;
  readonly gitHubFaults: number;
  readonly modelFaults: number;
  readonly modelLies: number;
}

/** Troubles that a seed decided on, as far as a world is made with them; they wait until `openTroubles`. */
export interface Troubles {
  readonly ofWorld: Omit<WorldOptions, 'capUsd'>;
  begin(world: World): { readonly random: Random; readonly gitHub: ReturnType<typeof gitHubFaults> };
  counts(): Pick<TroubleCounts, 'modelFaults' | 'modelLies'>;
}

export interface OpenTroubles {
  readonly town: KeptTown;
  /** All is well from now on. */
  end(): Promise<void>;
  counts(): TroubleCounts;
}

export function troublesFrom(random: Random, script: RehearsalScript): Troubles {
  let world: World | null = null;
  const gitHub = gitHubFaults(random.fork(), () => {
    if (world === null) throw new Error('What makes the world is not disturbed.');
    return world;
  });
  const faults = modelFaults(random.fork());
  const liars = lyingModels(script, random.fork());
  return {
    ofWorld: {
      script: liars,
      modelFault: faults.next,
      onExchange: () => {
        if (world !== null) gitHub.exchanged();
      },
    },
    begin: (opened) => {
      world = opened;
      return { random, gitHub };
    },
    counts: () => ({ modelFaults: faults.count(), modelLies: liars.lies() }),
  };
}

/** Starts the town, and lets everything around it break. */
export async function openTroubles(troubles: Troubles, world: World, kills: Kills): Promise<OpenTroubles> {
  const { random, gitHub } = troubles.begin(world);
  const containers = await killContainers(world, random.fork(), 2);
  const engine = engineOutages(world, random.fork());
  const disk = fullDisk(world, random.fork());
  if (kills === 0) await gitHub.loseNothing();
  const town = keepTown(world, random.fork(), {
    kills,
    beforeLastLife: gitHub.loseNothing,
    onLine: () => {
      engine.line();
      disk.line();
    },
    excuses: async () => [await engine.excuses(), await disk.excuses()].some(Boolean),
  });
  return {
    town,
    end: async () => {
      town.spare();
      await containers.end();
      await engine.end();
      await disk.end();
      await gitHub.end();
    },
    counts: () => ({
      containerKills: containers.killed(),
      engineOutages: engine.count(),
      fullDisks: disk.count(),
      gitHubFaults: gitHub.count(),
      ...troubles.counts(),
    }),
  };
}
