import { effectOf, issueNumberOf, statusCommentOf } from '../../domain/convoy/mirror-receipts.ts';
import type { Convoy, Effect } from '../../domain/convoy/state.ts';
import { ownWritings } from '../mirror/find-own.ts';
import { lookFrom } from '../mirror/look-from.ts';
import { beadIssueSubject } from '../mirror/mirror-bead-issues.ts';
import { statusCommentSubject } from '../mirror/mirror-status-comment.ts';
import { doubleSaid } from '../voice/replies.ts';
import type { ReconcilePass } from './reconcile-convoy.ts';

/**
 * What was made twice although it was looked for: the later issue is closed as a duplicate, the later comment gives way, and
 * both say so. Looked at only where the answer to a create was lost: nothing else can be there twice.
 */
export async function closeDoubles(pass: ReconcilePass, convoy: Convoy): Promise<void> {
  const doubtful = convoy.effects.filter((effect) => effect.doubtful && effect.status === 'confirmed');
  const issues = doubtful.filter(({ kind }) => kind === 'bead-issue');
  if (issues.length > 0) await closeIssues(pass, convoy, issues);
  const comment = effectOf(convoy, 'status-comment', 'convoy');
  if (comment !== null && doubtful.includes(comment)) await emptyComments(pass, convoy, comment);
}

async function closeIssues(
  { town, hub }: ReconcilePass,
  convoy: Convoy,
  effects: readonly Effect[],
): Promise<void> {
  const since = effects.map(lookFrom).toSorted()[0] ?? '';
  const list = await hub.listIssuesSince(since);
  for (const effect of effects) {
    const first = issueNumberOf(convoy, Number(/^bead (\d+)$/.exec(effect.subject)?.[1]));
    if (first === null) continue;
    for (const double of ownWritings(town, list, beadIssueSubject(convoy, effect))) {
      if (double.number === first || double.state === 'closed') continue;
      const said = doubleSaid(`#${first}`);
      await hub.updateIssue(double.number, { body: said, state: 'closed', stateReason: 'duplicate' });
    }
  }
}

async function emptyComments({ town, hub }: ReconcilePass, convoy: Convoy, effect: Effect): Promise<void> {
  const { issue } = convoy.opened;
  const comments = await hub.listComments(issue, lookFrom(effect));
  for (const double of ownWritings(town, comments, statusCommentSubject(convoy, effect))) {
    const first = comments.find(({ id }) => id === statusCommentOf(convoy));
    if (first === undefined || double.id === first.id) continue;
    await hub.updateComment(double.id, doubleSaid(`[the other one](${first.url})`));
  }
}
