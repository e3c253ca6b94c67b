import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { StreamId } from '../../domain/event.ts';
import type { RepositoryRef } from '../ports/hub.ts';
import { noticeAway, noticeBack, noticeMove } from '../rig/notice-rig.ts';
import { currentRef, isRigAway } from '../rig/open-hub.ts';
import { learnRunEnds } from '../runs/learn-run-ends.ts';
import type { Town } from '../town.ts';
import { obeyLostComments } from './obey-lost-comments.ts';
import { reconcileConvoy } from './reconcile-convoy.ts';

/** What GitHub has of a repository, and of the convoys that are at work in it, against what the ledger says. */
export async function reconcileRig(
  town: Town,
  repository: RepositoryRef,
  convoys: readonly StreamId[],
  since: Date,
): Promise<void> {
  const cause = `reconcile:${town.clock().toISOString()}`;
  const rig = currentRef(town, repository);
  const hub = await town.hubs.open(rig);
  const there = await hub.whereabouts();
  // Gone or closed to us: which of the two, and by whom, only a webhook can say.
  if (there === null) return;
  const notice = { rig: rig.id, by: 'someone', cause };
  await noticeMove(town, notice, {
    before: { owner: rig.owner, name: rig.name },
    after: { owner: there.owner, name: there.name },
  });
  if (there.archived) await noticeAway(town, notice, 'archived');
  else {
    await noticeBack(town, notice, 'archived');
    // It could be read: whatever closed it to the App is over.
    await noticeBack(town, notice, 'suspended');
    await noticeBack(town, notice, 'removed');
  }
  if (isRigAway(town, rig.id)) return;
  const pass = { town, cause, hub: await town.hubs.open(currentRef(town, repository)) };
  await obeyLostComments(pass, rig, since);
  for (const stream of convoys) await reconcileConvoy(pass, stream);
  await learnRunEnds(town, convoys);
}

/** Convoys that have not ended, by repository. */
export function openConvoys(
  town: Town,
): ReadonlyMap<
  number,
  { readonly repository: RepositoryRef; readonly streams: readonly StreamId[]; readonly openedAt: string }
> {
  const found = new Map<number, { repository: RepositoryRef; streams: StreamId[]; openedAt: string }>();
  for (const stream of town.ledger.streams('convoy/')) {
    const { state } = town.ledger.load(stream, convoyFold);
    if (state === null || state.ended) continue;
    const { repository } = state.opened;
    const rig = found.get(repository.id) ?? { repository, streams: [], openedAt: state.openedAt };
    rig.streams.push(stream);
    found.set(repository.id, rig);
  }
  return found;
}
