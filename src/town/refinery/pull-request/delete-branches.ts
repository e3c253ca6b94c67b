import { branchesGoAt, branchesKeptMs, deleteBranches } from '../../../domain/convoy/decisions/after-end.ts';
import type { StreamId } from '../../../domain/event.ts';
import type { StepPause } from '../../dispatch/step-pause.ts';
import { ensureEffect } from '../../mirror/ensure-effect.ts';
import type { Hub } from '../../ports/hub.ts';
import { openHub } from '../../rig/open-hub.ts';
import type { Town } from '../../town.ts';
import { headRef } from '../convoy-refs.ts';
import { type RefineryDesk, refineryDesk } from '../refinery-desk.ts';

/**
 * Removes an ended convoy's branch on GitHub and its refs on the host: at once where it was merged, else when people have had
 * time to want them. What was pushed by others since is left alone, and so is the branch of a pull request that is open again.
 */
export async function deleteConvoyBranches(town: Town, stream: StreamId): Promise<StepPause> {
  const desk = await refineryDesk(town, stream);
  const goAt = branchesGoAt(desk.convoy());
  if (goAt === null) return { wakeAt: null };
  const now = town.clock();
  if (goAt > now) return { wakeAt: goAt };
  const pushed = desk.convoy().effects.some((one) => one.kind === 'push-branch');
  if (pushed && !(await deleteOnGitHub(desk))) return { wakeAt: new Date(now.getTime() + branchesKeptMs) };
  await deleteOnHost(desk);
  await desk.decide('delete-branches', deleteBranches);
  return { wakeAt: null };
}

/** False when someone has opened the pull request again. */
async function deleteOnGitHub(desk: RefineryDesk): Promise<boolean> {
  const { opened } = desk.convoy();
  const hub = await openHub(desk.town, opened.repository);
  const branch = `gas-town/convoy-${opened.issue}`;
  const shown = await hub.findPullRequest(branch);
  if (shown?.state === 'open') return false;
  await ensureEffect(desk.town, desk.stream, {
    kind: 'delete-branch',
    subject: branch,
    detail: { branch },
    perform: () => remove(desk, hub, branch, shown?.sha ?? lastPushed(desk)),
    // A branch that is gone already is simply found gone again.
    find: async () => null,
  });
  return true;
}

async function remove(
  desk: RefineryDesk,
  hub: Hub,
  branch: string,
  expected: string | null,
): Promise<string> {
  const request = { commit: null, ref: `refs/heads/${branch}`, expected };
  const done = await desk.store.push(await hub.gitRemote(), request);
  if (done.status !== 'rejected' || done.actual === null) return 'deleted';
  return `kept: ${done.actual} was pushed to it since`;
}

function lastPushed(desk: RefineryDesk): string | null {
  const pushed = desk.convoy().effects.findLast((one) => one.kind === 'push-branch');
  return pushed?.subject.split(' ')[1] ?? null;
}

async function deleteOnHost(desk: RefineryDesk): Promise<void> {
  const convoy = desk.convoy();
  const { issue } = convoy.opened;
  const own = await desk.store.refsBelow(`refs/gas-town/convoy/${issue}/`);
  const works = await desk.store.refsBelow('refs/gas-town/work/');
  const ofBeads = works.filter((ref) => ref.startsWith(`refs/gas-town/work/${issue}.`));
  const head = (await desk.store.resolve(headRef(convoy))) === null ? [] : [headRef(convoy)];
  for (const ref of [...own, ...ofBeads, ...head]) await desk.store.deleteRef(ref);
}
