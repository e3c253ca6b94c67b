import type { ForgeContext } from '../../context.ts';
import { renderIssue } from '../../render/issue.ts';
import { renderRepository } from '../../render/repository.ts';
import { findIssueById } from '../../store/issues.ts';
import { findRepositoryById } from '../../store/repositories.ts';
import type { UserRow } from '../../store/rows.ts';
import { emit } from '../../webhooks/emit.ts';

/** Queues the two events of a link: one seen from the parent's repository, one from the child's. */
export function emitSubIssue(
  context: ForgeContext,
  change: 'added' | 'removed',
  parentId: number,
  childId: number,
  sender: UserRow,
): void {
  const { store, view } = context;
  const parent = findIssueById(store, parentId);
  const child = findIssueById(store, childId);
  if (parent === undefined || child === undefined) throw new Error('an end of a sub-issue link is gone');
  const parentRepository = findRepositoryById(store, parent.repository_id);
  const childRepository = findRepositoryById(store, child.repository_id);
  const both = {
    parent_issue_id: parent.id,
    parent_issue: renderIssue(view, parentRepository, parent),
    sub_issue_id: child.id,
    sub_issue: renderIssue(view, childRepository, child),
  };
  emit(context, childRepository, sender, 'sub_issues', {
    action: `parent_issue_${change}`,
    ...both,
    parent_issue_repo: renderRepository(view, parentRepository),
  });
  emit(context, parentRepository, sender, 'sub_issues', {
    action: `sub_issue_${change}`,
    ...both,
    sub_issue_repo: renderRepository(view, childRepository),
  });
}
