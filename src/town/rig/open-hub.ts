import { rigFold } from '../../domain/rig/rig.ts';
import { rigStream } from '../../domain/rig/rig-stream.ts';
import type { Hub, RepositoryRef } from '../ports/hub.ts';
import type { Town } from '../town.ts';

/** GitHub for a repository by the name that it goes by now: it may have been renamed since an order was frozen. */
export async function openHub(town: Town, repository: RepositoryRef): Promise<Hub> {
  return town.hubs.open(currentRef(town, repository));
}

export function currentRef(town: Town, repository: RepositoryRef): RepositoryRef {
  const { state } = town.ledger.load(rigStream(repository.id), rigFold);
  return { ...repository, ...state.place };
}

/** Archived, deleted or closed to the App: nothing can be written there for now. */
export const isRigAway = (town: Town, repositoryId: number): boolean =>
  town.ledger.load(rigStream(repositoryId), rigFold).state.away.size > 0;
