import { convoyFold } from '../../domain/convoy/evolve.ts';
import { findTarget } from '../gate/commands/find-target.ts';
import { obeyComment } from '../gate/commands/obey-comment.ts';
import type { RepositoryRef } from '../ports/hub.ts';
import type { ReconcilePass } from './reconcile-convoy.ts';

/** Obeys the commands since a time that no webhook told of: all comments of a repository in one list. */
export async function obeyLostComments(
  { town, hub, cause }: ReconcilePass,
  rig: RepositoryRef,
  since: Date,
): Promise<void> {
  for (const comment of await hub.listCommentsSince(since.toISOString())) {
    const target = findTarget(town, rig.id, comment.issue);
    const state = target && town.ledger.load(target.stream, convoyFold).state;
    if (!state || state.answeredComments.has(comment.id)) continue;
    const { id, body, createdAt, updatedAt, author } = comment;
    // What was said before the order was given was not said to the town.
    if (Date.parse(createdAt) < Date.parse(state.openedAt) - clockSkewMs) continue;
    const payload = {
      action: 'created',
      repository: { id: rig.id },
      issue: { number: comment.issue },
      comment: { id, body, created_at: createdAt, updated_at: updatedAt },
      sender: author,
    };
    await obeyComment(town, payload, cause);
  }
}

/** GitHub counts whole seconds, and its clock is not ours. */
const clockSkewMs = 2000;
