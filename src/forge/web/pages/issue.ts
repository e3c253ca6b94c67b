import type { ForgeContext } from '../../context.ts';
import { repositoryFullName } from '../../render/repository.ts';
import { findIssueById } from '../../store/issues.ts';
import type { CommentRow, IssueRow, RepositoryRow } from '../../store/rows.ts';
import { findUserById } from '../../store/users.ts';
import { type Html, html } from '../html.ts';
import { box, form, type PageFrame } from '../layout.ts';
import { markdown } from '../markdown.ts';
import { renderLabels } from './lists.ts';

export function renderIssuePage(
  context: ForgeContext,
  repository: RepositoryRow,
  issue: IssueRow,
  frame: PageFrame,
): Html {
  return html`${renderHead(context, issue)}${renderLinks(context, repository, issue)}
${renderConversation(context, issue)}${renderForms(context, repository, issue, frame)}`;
}

export function renderHead(context: ForgeContext, issue: IssueRow): Html {
  const author = findUserById(context.store, issue.user_id).login;
  return html`<h1>${issue.title} <span class="number">#${issue.number}</span></h1>
<p><span class="state ${issue.state}">${issue.state}${issue.state_reason !== null && ` (${issue.state_reason})`}</span>
${renderLabels(context, issue)} <span class="soft">opened by ${author}, ${issue.created_at}</span></p>`;
}

/** Parent, sub-issues and what blocks the issue. */
function renderLinks(context: ForgeContext, repository: RepositoryRow, issue: IssueRow): Html {
  const { store } = context;
  const name = repositoryFullName(context, repository);
  const children = store.all<IssueRow>(
    'SELECT * FROM issues WHERE parent_id = ? ORDER BY parent_position',
    issue.id,
  );
  const blockers = store.all<IssueRow>(
    'SELECT issues.* FROM dependencies JOIN issues ON issues.id = blocked_by_id WHERE issue_id = ? ORDER BY number',
    issue.id,
  );
  const parent = issue.parent_id === null ? undefined : findIssueById(store, issue.parent_id);
  const list = (title: string, issues: readonly IssueRow[]) =>
    issues.length > 0 &&
    html`<h2>${title}</h2><ul>${issues.map(
      (one) =>
        html`<li><span class="state ${one.state}">${one.state}</span> <a href="/${name}/issues/${one.number}">${one.title} #${one.number}</a></li>`,
    )}</ul>`;
  return html`${list('Part of', parent === undefined ? [] : [parent])}${list('Sub-issues', children)}${list('Blocked by', blockers)}`;
}

export function renderConversation(context: ForgeContext, issue: IssueRow): Html {
  const comments = context.store.all<CommentRow>(
    'SELECT * FROM comments WHERE issue_id = ? ORDER BY id',
    issue.id,
  );
  const by = (userId: number, at: string) =>
    html`<strong>${findUserById(context.store, userId).login}</strong> <span class="soft">${at}</span>`;
  return html`${box(by(issue.user_id, issue.created_at), issue.body ? markdown(issue.body) : html`<span class="soft">No description.</span>`)}
${comments.map((comment) => box(by(comment.user_id, comment.created_at), markdown(comment.body)))}`;
}

/** Comment, label and close: what a person may do on either kind of issue. */
export function renderForms(
  context: ForgeContext,
  repository: RepositoryRow,
  issue: IssueRow,
  frame: PageFrame,
): Html {
  const here = `/${repositoryFullName(context, repository)}/${issue.is_pull === 1 ? 'pull' : 'issues'}/${issue.number}`;
  const other = issue.state === 'open' ? 'close' : 'reopen';
  if (frame.formKey === undefined) return html``;
  return html`<h2>Comment</h2>
${form(frame, `${here}/comment`, true, html`<textarea name="body" aria-label="Comment" required></textarea><button>Comment</button>`)}
<h2>Change</h2><div class="row">
${form(frame, `${here}/label`, false, html`<input name="label" aria-label="Label" placeholder="label" required><button>Add label</button>`)}
${form(frame, `${here}/unlabel`, false, html`<input name="label" aria-label="Label to remove" placeholder="label" required><button>Remove label</button>`)}
${form(frame, `${here}/${other}`, false, html`<button>${other === 'close' ? 'Close' : 'Reopen'}</button>`)}</div>`;
}
