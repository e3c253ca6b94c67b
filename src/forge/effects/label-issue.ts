import { type ForgeContext, now } from '../context.ts';
import { renderLabel } from '../render/label.ts';
import { repositoryUrl } from '../render/repository.ts';
import { touchIssue } from '../store/issues.ts';
import type { IssueRow, LabelRow, RepositoryRow, UserRow } from '../store/rows.ts';
import { emit } from '../webhooks/emit.ts';
import { emitIssue } from '../webhooks/emit-issue.ts';

export function listLabels(context: ForgeContext, issueId: number): LabelRow[] {
  return context.store.all<LabelRow>(
    'SELECT labels.* FROM issue_labels JOIN labels ON labels.id = label_id WHERE issue_id = ? ORDER BY labels.id',
    issueId,
  );
}

export function findLabel(context: ForgeContext, repositoryId: number, name: string): LabelRow | undefined {
  return context.store.one<LabelRow>(
    'SELECT * FROM labels WHERE repository_id = ? AND name = ?',
    repositoryId,
    name,
  );
}

/** The repository's label of this name, made in grey where it is missing, as GitHub does when an issue asks for it. */
function ensureLabel(
  context: ForgeContext,
  repository: RepositoryRow,
  name: string,
  sender: UserRow,
): LabelRow {
  const known = findLabel(context, repository.id, name);
  if (known !== undefined) return known;
  context.store.run(
    "INSERT INTO labels (repository_id, name, color, description, is_default) VALUES (?, ?, 'ededed', NULL, 0)",
    repository.id,
    name,
  );
  const made = findLabel(context, repository.id, name);
  if (made === undefined) throw new Error(`label ${name} was not stored`);
  emitLabel(context, repository, 'created', made, sender);
  return made;
}

export function emitLabel(
  context: ForgeContext,
  repository: RepositoryRow,
  action: 'created' | 'edited' | 'deleted',
  label: LabelRow,
  sender: UserRow,
  more: Record<string, unknown> = {},
): void {
  const url = repositoryUrl(context.view, repository);
  emit(context, repository, sender, 'label', { action, label: renderLabel(url, label), ...more });
}

/** Puts labels on an issue without an event; returns those that it did not have. */
export function attachLabels(
  context: ForgeContext,
  repository: RepositoryRow,
  issueId: number,
  names: readonly string[],
  sender: UserRow,
): LabelRow[] {
  return names
    .map((name) => ensureLabel(context, repository, name, sender))
    .filter(
      (label) =>
        context.store.run(
          'INSERT INTO issue_labels (issue_id, label_id) VALUES (?, ?) ON CONFLICT DO NOTHING',
          issueId,
          label.id,
        ).changes === 1,
    );
}

/** Says `labeled` once for each label. */
export function emitLabeled(
  context: ForgeContext,
  repository: RepositoryRow,
  issueId: number,
  labels: readonly LabelRow[],
  sender: UserRow,
): void {
  const url = repositoryUrl(context.view, repository);
  for (const label of labels) {
    emitIssue(context, repository, issueId, 'labeled', sender, { label: renderLabel(url, label) });
  }
}

/** Makes the issue's labels exactly `names` (replace) or adds to them, with an event for each change. */
export function labelIssue(
  context: ForgeContext,
  repository: RepositoryRow,
  issue: IssueRow,
  names: readonly string[],
  sender: UserRow,
  replace: boolean,
): void {
  if (replace) {
    const kept = new Set(names.map((name) => name.toLowerCase()));
    const gone = listLabels(context, issue.id).filter((label) => !kept.has(label.name.toLowerCase()));
    for (const label of gone) unlabelIssue(context, repository, issue, label, sender);
  }
  const added = attachLabels(context, repository, issue.id, names, sender);
  if (added.length > 0) touchIssue(context.store, issue.id, now(context));
  emitLabeled(context, repository, issue.id, added, sender);
}

export function unlabelIssue(
  context: ForgeContext,
  repository: RepositoryRow,
  issue: IssueRow,
  label: LabelRow,
  sender: UserRow,
): void {
  context.store.run('DELETE FROM issue_labels WHERE issue_id = ? AND label_id = ?', issue.id, label.id);
  touchIssue(context.store, issue.id, now(context));
  const url = repositoryUrl(context.view, repository);
  emitIssue(context, repository, issue.id, 'unlabeled', sender, { label: renderLabel(url, label) });
}
