import { bareRepositoryPath, type ForgeContext } from '../../context.ts';
import { listCommits } from '../../git/commits.ts';
import { diffFiles, mergeBase } from '../../git/diff.ts';
import { repositoryFullName } from '../../render/repository.ts';
import { mergeability } from '../../routes/pulls/mergeability.ts';
import { findPull } from '../../store/issues.ts';
import type {
  CheckRunRow,
  IssueRow,
  PullRow,
  RepositoryRow,
  ReviewCommentRow,
  ReviewRow,
  StatusRow,
} from '../../store/rows.ts';
import { findUserById } from '../../store/users.ts';
import { type Html, html } from '../html.ts';
import { box, form, type PageFrame } from '../layout.ts';
import { markdown } from '../markdown.ts';
import { renderDiff } from './diff.ts';
import { renderConversation, renderForms, renderHead } from './issue.ts';

export async function renderPullPage(
  context: ForgeContext,
  repository: RepositoryRow,
  issue: IssueRow,
  frame: PageFrame,
): Promise<Html> {
  const pull = findPull(context.store, issue.id);
  const path = bareRepositoryPath(context, repository.id);
  const commits = await listCommits(path, [
    '--topo-order',
    '--max-count=250',
    `${pull.base_sha}..${pull.head_sha}`,
  ]);
  const files = await diffFiles(path, await mergeBase(path, pull.base_sha, pull.head_sha), pull.head_sha);
  const { state } = await mergeability(context, issue);
  const merged =
    pull.merged_at === null
      ? null
      : html`<p><span class="state closed">merged</span> as <code>${pull.merge_commit_sha}</code></p>`;
  return html`${renderHead(context, issue)}
<p><code>${pull.head_ref}</code> into <code>${pull.base_ref}</code>, ${issue.state === 'open' && `to merge: ${state}`}</p>${merged}
${renderConversation(context, issue)}${renderReviews(context, issue)}${renderChecks(context, repository, pull)}
<h2>Commits</h2><table>${commits.map(
    (
      commit,
    ) => html`<tr><td><a href="/${repositoryFullName(context, repository)}/commit/${commit.sha}"><code>${commit.sha.slice(0, 8)}</code></a></td>
<td>${commit.message.split('\n')[0]}</td><td class="soft">${commit.author.name}</td></tr>`,
  )}</table>
<h2>Files</h2>${renderDiff(files)}${renderPullForms(context, repository, issue, frame)}${renderForms(context, repository, issue, frame)}`;
}

function renderReviews(context: ForgeContext, issue: IssueRow): Html {
  const { store } = context;
  const reviews = store.all<ReviewRow>(
    "SELECT * FROM reviews WHERE issue_id = ? AND state <> 'PENDING' ORDER BY id",
    issue.id,
  );
  return html`${reviews.map((review) => {
    const comments = store.all<ReviewCommentRow>(
      'SELECT * FROM review_comments WHERE review_id = ? ORDER BY id',
      review.id,
    );
    const verdict = review.state.toLowerCase().replaceAll('_', ' ');
    const head = html`<strong>${findUserById(store, review.user_id).login}</strong> reviewed: ${verdict} <span class="soft">${review.submitted_at}</span>`;
    const lines = comments.map(
      (comment) =>
        html`<p><code>${comment.path}${comment.line !== null && `:${comment.line}`}</code></p>${markdown(comment.body)}`,
    );
    return box(head, html`${markdown(review.body)}${lines}`);
  })}`;
}

function renderChecks(context: ForgeContext, repository: RepositoryRow, pull: PullRow): Html | null {
  const runs = context.store.all<CheckRunRow>(
    'SELECT r.* FROM check_runs r JOIN check_suites s ON s.id = suite_id WHERE repository_id = ? AND head_sha = ? ORDER BY r.id',
    repository.id,
    pull.head_sha,
  );
  const statuses = context.store.all<StatusRow>(
    `SELECT * FROM statuses WHERE id IN (SELECT max(id) FROM statuses WHERE repository_id = ? AND sha = ? GROUP BY context) ORDER BY context`,
    repository.id,
    pull.head_sha,
  );
  const row = (state: string, name: string, told: string | null) =>
    html`<tr><td><span class="state ${state}">${state.replaceAll('_', ' ')}</span></td><td>${name}</td><td>${told}</td></tr>`;
  if (runs.length + statuses.length === 0) return null;
  return html`<h2>Checks</h2><table>${runs.map((run) => row(run.conclusion ?? run.status, run.name, run.title))}
${statuses.map((status) => row(status.state, status.context, status.description))}</table>`;
}

function renderPullForms(
  context: ForgeContext,
  repository: RepositoryRow,
  issue: IssueRow,
  frame: PageFrame,
): Html | null {
  if (issue.state !== 'open' || frame.formKey === undefined) return null;
  const here = `/${repositoryFullName(context, repository)}/pull/${issue.number}`;
  const verdicts = html`<select name="event" aria-label="Verdict"><option value="COMMENT">Comment</option>
<option value="APPROVE">Approve</option><option value="REQUEST_CHANGES">Request changes</option></select>`;
  return html`<h2>Review</h2>
${form(frame, `${here}/review`, true, html`<textarea name="body" aria-label="Review"></textarea><span class="row">${verdicts}<button>Review</button></span>`)}
${form(frame, `${here}/merge`, false, html`<button class="main">Merge pull request</button>`)}`;
}
