import { readRun } from '../../actions/runs/run-facts.ts';
import type { ForgeContext } from '../../context.ts';
import { findRun } from '../../effects/workflow-runs.ts';
import { repositoryFullName } from '../../render/repository.ts';
import type { RepositoryRow, WorkflowRunRow } from '../../store/rows.ts';
import { findUserById } from '../../store/users.ts';
import { type Html, html } from '../html.ts';
import { box } from '../layout.ts';
import { markdown } from '../markdown.ts';

/** Most runs of a list; the API has the rest. */
const most = 200;

interface Ended {
  readonly status: string;
  readonly conclusion: string | null;
}

const state = ({ status, conclusion }: Ended) =>
  html`<span class="state ${conclusion ?? ''}">${(conclusion ?? status).replaceAll('_', ' ')}</span>`;

/** The workflow runs of a repository, newest first. */
export function renderRuns(context: ForgeContext, repository: RepositoryRow): Html {
  const name = repositoryFullName(context, repository);
  const rows = context.store.all<WorkflowRunRow & { workflow: string }>(
    `SELECT r.*, w.name AS workflow FROM workflow_runs r JOIN workflows w ON w.id = workflow_id
     WHERE repository_id = ? ORDER BY r.id DESC LIMIT ?`,
    repository.id,
    most,
  );
  const nothing = rows.length === 0 && html`<p class="soft">No workflow has run yet.</p>`;
  return html`<h1>Workflow runs</h1>${nothing}<table>${rows.map(
    (
      row,
    ) => html`<tr><td>${state(row)}</td><td><a href="/${name}/actions/runs/${row.id}">${row.title || row.workflow}</a><br>
<span class="soft">${row.workflow} #${row.number}, ${row.event} by ${findUserById(context.store, row.user_id).login}, ${row.created_at}</span></td></tr>`,
  )}</table>`;
}

/** One run: its jobs with their summaries and logs. */
export function renderRunPage(
  context: ForgeContext,
  repository: RepositoryRow,
  id: number,
): Html | undefined {
  if (findRun(context, id)?.workflow.repository_id !== repository.id) return undefined;
  const { run, row, jobs } = readRun(context, id);
  return html`<h1>${run.title || row.name} <span class="number">#${run.number}</span></h1>
<p>${state(run)} <span class="soft">${row.name}, ${run.event}, <code>${run.head_branch}</code>, ${run.created_at}</span></p>
${jobs.map(
  (job) =>
    html`${box(
      html`<strong>${job.name}</strong> ${state(job)} <span class="soft">${job.started_at}</span>`,
      html`${job.summary !== '' && markdown(job.summary)}<details><summary>Log</summary><pre class="log">${job.log || 'The log is here once the job has ended.'}</pre></details>`,
    )}`,
)}`;
}
