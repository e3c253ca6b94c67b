import { cancelConvoy } from '../../../domain/convoy/decisions/end-convoy.ts';
import { pauseConvoy, resumeAfter } from '../../../domain/convoy/decisions/pause-convoy.ts';
import { convoyFold } from '../../../domain/convoy/evolve.ts';
import type { AwayCause } from '../../../domain/rig/events.ts';
import { moveRig, type Place, rigAway, rigBack, rigFold } from '../../../domain/rig/rig.ts';
import type { Town } from '../../town.ts';
import type { InstallationPayload, RepositoryPayload } from './hand-payloads.ts';

/** What happened to a repository as a whole: it goes by another name, or nothing can be written to it, or it can again. */
export async function takeRepositoryPayload(
  town: Town,
  payload: RepositoryPayload,
  cause: string,
): Promise<void> {
  const { repository, changes } = payload;
  const by = payload.sender.login;
  const after = { owner: repository.owner.login, name: repository.name };
  switch (payload.action) {
    case 'renamed':
      return noticeMove(town, repository.id, by, cause, {
        before: { ...after, name: changes?.repository?.name.from ?? after.name },
        after,
      });
    case 'transferred': {
      const from = changes?.owner?.from;
      const owner = from?.user?.login ?? from?.organization?.login ?? after.owner;
      return noticeMove(town, repository.id, by, cause, { before: { ...after, owner }, after });
    }
    case 'archived':
      return noticeAway(town, repository.id, by, cause, 'archived');
    case 'unarchived':
      return noticeBack(town, repository.id, by, cause, 'archived');
    case 'deleted':
      return noticeAway(town, repository.id, by, cause, 'deleted');
  }
}

/** What happened to the App's installation: suspended, removed, or given back, for all of an account or for some repositories. */
export async function takeInstallationPayload(
  town: Town,
  payload: InstallationPayload,
  cause: string,
): Promise<void> {
  const by = payload.sender.login;
  const each = async (
    rigs: readonly { readonly id: number }[] | undefined,
    notice: typeof noticeAway,
    why: AwayCause,
  ): Promise<void> => {
    for (const { id } of rigs ?? []) await notice(town, id, by, cause, why);
  };
  switch (payload.action) {
    case 'suspend':
      return each(payload.repositories, noticeAway, 'suspended');
    case 'unsuspend':
      return each(payload.repositories, noticeBack, 'suspended');
    case 'deleted':
      return each(payload.repositories, noticeAway, 'removed');
    case 'created':
      await each(payload.repositories, noticeBack, 'suspended');
      return each(payload.repositories, noticeBack, 'removed');
    case 'removed':
      return each(payload.repositories_removed, noticeAway, 'removed');
    case 'added':
      return each(payload.repositories_added, noticeBack, 'removed');
  }
}

/** A rig that the town never worked in has no story: nothing is recorded of it. */
const isKnown = (town: Town, rig: number): boolean =>
  town.ledger.streams(`convoy/${rig}/`).length > 0 ||
  town.ledger.streams(`rig/${rig}`).includes(`rig/${rig}`);

export async function noticeMove(
  town: Town,
  rig: number,
  by: string,
  cause: string,
  { before, after }: { readonly before: Place; readonly after: Place },
): Promise<void> {
  if (!isKnown(town, rig)) return;
  await town.ledger.decide({
    stream: `rig/${rig}`,
    fold: rigFold,
    actor: `overseer:${by}`,
    cause,
    decide: (state) => moveRig(state, by, before, after),
  });
}

/** Nothing can be written there: its convoys pause; those of a deleted repository end. */
export async function noticeAway(
  town: Town,
  rig: number,
  by: string,
  cause: string,
  why: AwayCause,
): Promise<void> {
  if (!isKnown(town, rig)) return;
  await town.ledger.decide({
    stream: `rig/${rig}`,
    fold: rigFold,
    actor: `overseer:${by}`,
    cause,
    decide: (state) => rigAway(state, by, why),
  });
  for (const stream of town.ledger.streams(`convoy/${rig}/`)) {
    await town.ledger.decide({
      stream,
      fold: convoyFold,
      actor: `overseer:${by}`,
      cause,
      decide: (state) =>
        why === 'deleted'
          ? cancelConvoy(state, by, 'The repository was deleted.')
          : pauseConvoy(state, by, 'rig-away'),
    });
  }
}

/** It can be written to again: what paused because of that goes on, unless something else still stands in the way. */
export async function noticeBack(
  town: Town,
  rig: number,
  by: string,
  cause: string,
  why: AwayCause,
): Promise<void> {
  if (!isKnown(town, rig)) return;
  const { state: now } = await town.ledger.decide({
    stream: `rig/${rig}`,
    fold: rigFold,
    actor: `overseer:${by}`,
    cause,
    decide: (state) => rigBack(state, by, why),
  });
  if (now.away.size > 0) return;
  for (const stream of town.ledger.streams(`convoy/${rig}/`)) {
    await town.ledger.decide({
      stream,
      fold: convoyFold,
      actor: `overseer:${by}`,
      cause,
      decide: (state) => resumeAfter(state, by, 'rig-away'),
    });
  }
}
