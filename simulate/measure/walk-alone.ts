import { rig, type World } from '../../chaos/world/world.ts';
import type { MeasuredWorld } from './measured-world.ts';
import type { Walk } from './walk.ts';

const quarter = 15 * 60_000;
const noTown = { webhooks: 0, events: 0, ledgerBytes: 0, townProcessorSeconds: 0, peakMemoryMiB: 0 };

/** Walks a convoy with no server: all there is are the runs of the workflow that `gastown init` writes. */
export async function walkAlone({ world, jobs }: MeasuredWorld, looks: boolean): Promise<Walk> {
  const { owner, forge } = world;
  await owner.rest.issues.create({ ...rig, title: 'Build a wall', labels: ['convoy'] });
  await forge.runsSettled();
  const pull_number = await openPull(world);
  const before = jobs.seen().length;
  if (looks) {
    await forge.fireSchedules(new Date(Math.ceil(Date.now() / quarter) * quarter));
    await forge.runsSettled();
  }
  const look = jobs.seen().slice(before);
  await owner.rest.pulls.merge({ ...rig, pull_number });
  await forge.runsSettled();
  return { town: noTown, rest: looks ? { seen: look, look } : null };
}

async function openPull({ owner }: World): Promise<number> {
  const { data: pulls } = await owner.rest.pulls.list({ ...rig, state: 'open' });
  const [pull] = pulls;
  if (pull === undefined) throw new Error('the runs ended without a pull request');
  return pull.number;
}
