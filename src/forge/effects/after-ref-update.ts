import { bareRepositoryPath, type ForgeContext, now } from '../context.ts';
import type { PushCommand } from '../git/push-commands.ts';
import { branchHead, nullSha } from '../git/refs.ts';
import { git } from '../git/run-git.ts';
import { nodeId } from '../render/view.ts';
import { findRepositoryById } from '../store/repositories.ts';
import type { RepositoryRow, UserRow } from '../store/rows.ts';
import { emit } from '../webhooks/emit.ts';
import { pushPayload } from '../webhooks/push-payload.ts';
import { closeByKeywords } from './close-by-keywords.ts';
import { followPulls } from './follow-pulls.ts';

/**
 * Everything that GitHub does once a ref has moved, whichever way it moved: the default branch of a new repository,
 * `push`, `create` and `delete` events, pull requests that follow their branch, issues that commits close.
 */
export async function afterRefUpdate(
  context: ForgeContext,
  repository: RepositoryRow,
  update: PushCommand,
  sender: UserRow,
): Promise<void> {
  const { ref, before, after } = update;
  if (before === after || !/^refs\/(heads|tags)\//.test(ref)) return;
  const at = now(context);
  context.store.run(
    'UPDATE repositories SET pushed_at = ?, updated_at = ? WHERE id = ?',
    at,
    at,
    repository.id,
  );
  if (ref.startsWith('refs/heads/') && after !== nullSha) await adoptDefaultBranch(context, repository, ref);
  const current = findRepositoryById(context.store, repository.id);
  emitCreateOrDelete(context, current, update, sender);
  const payload = await pushPayload(context, current, update, sender);
  emit(context, current, sender, 'push', payload.json);
  if (!ref.startsWith('refs/heads/')) return;
  const branch = ref.slice('refs/heads/'.length);
  await followPulls(context, current, branch, update, sender);
  if (branch === current.default_branch) {
    const messages = payload.commits.map((commit) => commit.message);
    closeByKeywords(context, current, messages.join('\n'), sender);
  }
}

/** The first branch of an empty repository becomes its default branch. */
async function adoptDefaultBranch(
  context: ForgeContext,
  repository: RepositoryRow,
  ref: string,
): Promise<void> {
  const path = bareRepositoryPath(context, repository.id);
  const branch = ref.slice('refs/heads/'.length);
  if (branch === repository.default_branch) return;
  if ((await branchHead(path, repository.default_branch)) !== undefined) return;
  context.store.run('UPDATE repositories SET default_branch = ? WHERE id = ?', branch, repository.id);
  await git(path, ['symbolic-ref', 'HEAD', ref]);
}

function emitCreateOrDelete(
  context: ForgeContext,
  repository: RepositoryRow,
  update: PushCommand,
  sender: UserRow,
): void {
  const created = update.before === nullSha;
  if (!created && update.after !== nullSha) return;
  const [, kind, ...name] = update.ref.split('/');
  const payload = {
    ref: name.join('/'),
    ref_type: kind === 'tags' ? 'tag' : 'branch',
    pusher_type: 'user',
    node_id: nodeId('Ref', update.ref),
  };
  if (created) {
    const { default_branch: master_branch, description } = repository;
    emit(context, repository, sender, 'create', { ...payload, master_branch, description });
  } else {
    emit(context, repository, sender, 'delete', payload);
  }
}
