import type { ForgeContext } from '../context.ts';
import { renderIssue } from '../render/issue.ts';
import { renderPull } from '../render/pull.ts';
import type { Json } from '../render/view.ts';
import { findIssueById } from '../store/issues.ts';
import type { RepositoryRow, UserRow } from '../store/rows.ts';
import { emit } from './emit.ts';

/** Queues `issues.ACTION`, or `pull_request.ACTION` where the issue is a pull request, with its state of now. */
export function emitIssue(
  context: ForgeContext,
  repository: RepositoryRow,
  issueId: number,
  action: string,
  sender: UserRow,
  more: Json = {},
): void {
  const issue = findIssueById(context.store, issueId);
  if (issue === undefined) throw new Error(`issue ${issueId} is gone`);
  const payload: Json =
    issue.is_pull === 1
      ? { number: issue.number, pull_request: renderPull(context.view, repository, issue) }
      : { issue: renderIssue(context.view, repository, issue) };
  const event = issue.is_pull === 1 ? 'pull_request' : 'issues';
  emit(context, repository, sender, event, { action, ...payload, ...more });
}
