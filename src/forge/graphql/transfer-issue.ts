import { now } from '../context.ts';
import { renderIssue } from '../render/issue.ts';
import { renderRepository } from '../render/repository.ts';
import { findIssueById } from '../store/issues.ts';
import { takeNumber } from '../store/repositories.ts';
import type { IssueRow } from '../store/rows.ts';
import { emit } from '../webhooks/emit.ts';
import { admitTo, type GraphCall, issueOfNode, repositoryOfNode, writerOf } from './graph-call.ts';
import { graphError } from './graph-error.ts';
import { graphIssue } from './graph-objects.ts';

interface TransferInput {
  readonly input: {
    readonly clientMutationId?: string | null;
    readonly issueId: string;
    readonly repositoryId: string;
  };
}

/**
 * Moves an issue to another repository of the same owner. As on GitHub it becomes a new issue there, with a new id and
 * number and its comments; labels and links stay behind.
 */
export function transferIssue({ input }: TransferInput, call: GraphCall): unknown {
  const { context } = call;
  const { issue, repository } = issueOfNode(call, input.issueId, 'Issue');
  const target = repositoryOfNode(call, input.repositoryId);
  admitTo(call, repository, 'issues=write', 'write', true);
  admitTo(call, target, 'issues=write', 'write', true);
  if (target.owner_id !== repository.owner_id || target.id === repository.id) {
    throw graphError('UNPROCESSABLE', 'The issue can not be transferred to that repository');
  }
  const sender = writerOf(call).user;
  const moved = context.store.transaction(() => {
    const before = renderIssue(context.view, repository, issue);
    const after = move(call, issue, target.id);
    const changes = {
      new_issue: renderIssue(context.view, target, after),
      new_repository: renderRepository(context.view, target),
    };
    emit(context, repository, sender, 'issues', { action: 'transferred', issue: before, changes });
    const opened = { old_issue: before, old_repository: renderRepository(context.view, repository) };
    emit(context, target, sender, 'issues', {
      action: 'opened',
      issue: renderIssue(context.view, target, after),
      changes: opened,
    });
    return after;
  });
  return { clientMutationId: input.clientMutationId, issue: graphIssue(call, target, moved) };
}

function move(call: GraphCall, issue: IssueRow, targetId: number): IssueRow {
  const { store } = call.context;
  const { id } = store.run(
    `INSERT INTO issues (repository_id, number, is_pull, title, body, state, state_reason, user_id, via_app, created_at,
     updated_at, closed_at, closed_by, comments)
     SELECT ?, ?, 0, title, body, state, state_reason, user_id, via_app, created_at, ?, closed_at, closed_by, comments
     FROM issues WHERE id = ?`,
    targetId,
    takeNumber(store, targetId),
    now(call.context),
    issue.id,
  );
  store.run('UPDATE comments SET issue_id = ? WHERE issue_id = ?', id, issue.id);
  if (issue.state === 'open') {
    store.run('UPDATE repositories SET open_issues = open_issues - 1 WHERE id = ?', issue.repository_id);
  }
  store.run('DELETE FROM issues WHERE id = ?', issue.id);
  const after = findIssueById(store, id);
  if (after === undefined) throw new Error('an issue that was just stored is gone');
  return after;
}
