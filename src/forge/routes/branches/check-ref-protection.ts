import type { WritingActor } from '../../auth/actor.ts';
import type { ForgeContext } from '../../context.ts';
import { ApiError } from '../../server/api-error.ts';
import { findProtection } from '../../store/protections.ts';
import type { RepositoryRow } from '../../store/rows.ts';

export type RefMove = 'forward' | 'force' | 'delete';

/** Why a protected branch may not be moved like this, in GitHub's words; undefined where it may. */
export function protectionRefusal(
  context: ForgeContext,
  repository: RepositoryRow,
  ref: string,
  move: RefMove,
  actor: WritingActor,
): string | undefined {
  if (!ref.startsWith('refs/heads/')) return undefined;
  const rules = findProtection(context.store, repository.id, ref.slice('refs/heads/'.length));
  if (rules === undefined) return undefined;
  if (move === 'delete' && !rules.allowDeletions) return 'Cannot delete this protected branch';
  if (move === 'force' && !rules.allowForcePushes) return 'Cannot force-push to this protected branch';
  const admin = actor.kind === 'user' && actor.user.id === repository.owner_id;
  if (admin && !rules.enforceAdmins) return undefined;
  if (rules.reviewsRequired) return 'Changes must be made through a pull request.';
  if (rules.checksRequired && rules.contexts.length > 0) {
    return `Required status check "${rules.contexts[0]}" is expected.`;
  }
  return undefined;
}

/** @throws ApiError 422 where the branch's protection forbids the move. */
export function checkRefProtection(
  context: ForgeContext,
  repository: RepositoryRow,
  ref: string,
  move: RefMove,
  actor: WritingActor,
): void {
  const refusal = protectionRefusal(context, repository, ref, move, actor);
  if (refusal !== undefined) throw new ApiError(422, refusal);
}
