import type { ForgeContext } from '../context.ts';
import { unmetProtection } from '../routes/branches/check-merge-protection.ts';
import { mergeability } from '../routes/pulls/mergeability.ts';
import { type AutoMergeRow, listAutoMerges, removeAutoMerge } from '../store/auto-merges.ts';
import { findIssueById, findPull } from '../store/issues.ts';
import { findRepositoryById } from '../store/repositories.ts';
import { findUserById } from '../store/users.ts';
import { mergePullRequest } from './merge-pull.ts';

/** Merges what was asked to merge by itself and may by now: looked at after whatever may have met a rule. */
export async function mergeWaiting(context: ForgeContext): Promise<void> {
  for (const waiting of listAutoMerges(context.store)) await mergeIfMet(context, waiting);
}

async function mergeIfMet(context: ForgeContext, waiting: AutoMergeRow): Promise<void> {
  const { store } = context;
  const issue = findIssueById(store, waiting.issue_id);
  if (issue === undefined || issue.state === 'closed') {
    removeAutoMerge(store, waiting.issue_id);
    return;
  }
  const repository = findRepositoryById(store, issue.repository_id);
  const pull = findPull(store, issue.id);
  if (pull.draft === 1 || unmetProtection(context, repository, issue, pull) !== undefined) return;
  if ((await mergeability(context, issue)).mergeable !== true) return;
  await mergePullRequest(context, repository, issue, {
    by: findUserById(store, waiting.user_id),
    method: waiting.method,
    title: waiting.title === '' ? undefined : waiting.title,
    message: waiting.message === '' ? undefined : waiting.message,
  });
}
