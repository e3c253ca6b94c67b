import type { ForgeContext } from '../context.ts';
import { repositoryFullName } from '../render/repository.ts';
import { findIssue } from '../store/issues.ts';
import type { RepositoryRow, UserRow } from '../store/rows.ts';
import { changeIssueState } from './change-issue-state.ts';

const keyword =
  /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+(?:(?<name>[\w.-]+\/[\w.-]+)?#|https?:\/\/[^\s/]+\/(?<page>[\w.-]+\/[\w.-]+)\/issues\/)(?<number>\d+)\b/gi;

/** The issues of this repository that a text closes, by GitHub's nine keywords. */
function closingNumbers(text: string, fullName: string): number[] {
  const numbers = new Set<number>();
  for (const { groups } of text.matchAll(keyword)) {
    const name = groups?.name ?? groups?.page;
    if (name !== undefined && name.toLowerCase() !== fullName.toLowerCase()) continue;
    numbers.add(Number(groups?.number));
  }
  return [...numbers];
}

/** Closes the open issues that a merged text names. */
export function closeByKeywords(
  context: ForgeContext,
  repository: RepositoryRow,
  text: string,
  sender: UserRow,
): void {
  for (const number of closingNumbers(text, repositoryFullName(context, repository))) {
    const issue = findIssue(context.store, repository.id, number);
    if (issue === undefined || issue.is_pull === 1 || issue.state === 'closed') continue;
    changeIssueState(context, repository, issue, { state: 'closed', reason: 'completed' }, sender);
  }
}
