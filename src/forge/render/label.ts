import type { LabelRow } from '../store/rows.ts';
import { type Json, nodeId, type View } from './view.ts';

/** GitHub's `label`. `repositoryUrl` is the repository's REST address. */
export function renderLabel(repositoryUrl: string, label: LabelRow): Json {
  return {
    id: label.id,
    node_id: nodeId('Label', label.id),
    url: `${repositoryUrl}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    color: label.color,
    default: label.is_default === 1,
    description: label.description,
  };
}

/** The labels of one issue, oldest label first. */
export function renderIssueLabels(view: View, repositoryUrl: string, issueId: number): Json[] {
  const rows = view.store.all<LabelRow>(
    'SELECT labels.* FROM issue_labels JOIN labels ON labels.id = label_id WHERE issue_id = ? ORDER BY labels.id',
    issueId,
  );
  return rows.map((label) => renderLabel(repositoryUrl, label));
}
