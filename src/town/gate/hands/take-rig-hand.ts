import type { AwayCause } from '../../../domain/rig/events.ts';
import { noticeAway, noticeBack, noticeMove } from '../../rig/notice-rig.ts';
import type { Town } from '../../town.ts';
import type { InstallationPayload, RepositoryPayload } from './hand-payloads.ts';

/** What happened to a repository as a whole: it goes by another name, or nothing can be written to it, or it can again. */
export async function takeRepositoryPayload(
  town: Town,
  payload: RepositoryPayload,
  cause: string,
): Promise<void> {
  const { repository, changes } = payload;
  const notice = { rig: repository.id, by: payload.sender.login, cause };
  const after = { owner: repository.owner.login, name: repository.name };
  switch (payload.action) {
    case 'renamed':
      return noticeMove(town, notice, {
        before: { ...after, name: changes?.repository?.name.from ?? after.name },
        after,
      });
    case 'transferred': {
      const from = changes?.owner?.from;
      const owner = from?.user?.login ?? from?.organization?.login ?? after.owner;
      return noticeMove(town, notice, { before: { ...after, owner }, after });
    }
    case 'archived':
      return noticeAway(town, notice, 'archived');
    case 'unarchived':
      return noticeBack(town, notice, 'archived');
    case 'deleted':
      return noticeAway(town, notice, 'deleted');
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
    for (const { id } of rigs ?? []) await notice(town, { rig: id, by, cause }, why);
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
