import { actionsBotLogin } from '../../auth/job-token.ts';
import type { ForgeContext } from '../../context.ts';
import type { Json } from '../../render/view.ts';
import type { RepositoryRow, UserRow } from '../../store/rows.ts';

/** The events that start workflows here. `workflow_dispatch` names its workflow and starts it by itself, and `schedule` is the clock's. */
const events = new Set([
  'issues',
  'issue_comment',
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
  'repository_dispatch',
]);

/**
 * Writes an event down for the workflows that listen to it, in the transaction that caused it. What a job's token does
 * starts no workflow, but for the two dispatches.
 */
export function noteTrigger(
  context: ForgeContext,
  repository: RepositoryRow,
  sender: UserRow,
  event: string,
  payload: Json,
): void {
  if (context.actions === undefined || !events.has(event)) return;
  if (sender.login === actionsBotLogin && event !== 'repository_dispatch') return;
  context.store.run(
    'INSERT INTO workflow_triggers (repository_id, event, payload, user_id) VALUES (?, ?, ?, ?)',
    repository.id,
    event,
    JSON.stringify(payload),
    sender.id,
  );
  context.actions.wake();
}
