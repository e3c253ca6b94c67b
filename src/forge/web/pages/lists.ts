import type { ForgeContext } from '../../context.ts';
import { listLabels } from '../../effects/label-issue.ts';
import { repositoryFullName } from '../../render/repository.ts';
import type { DeliveryRow, IssueRow, RepositoryRow } from '../../store/rows.ts';
import { findUserById } from '../../store/users.ts';
import { type Html, html } from '../html.ts';

/** Most rows of a list; the API has the rest. */
const most = 200;

export function renderRepositories(context: ForgeContext, hidden: boolean): Html {
  const rows = context.store.all<RepositoryRow>(
    'SELECT * FROM repositories WHERE private = 0 OR ? ORDER BY id',
    hidden ? 1 : 0,
  );
  return html`<h1>Repositories</h1><table>${rows.map((row) => {
    const name = repositoryFullName(context, row);
    return html`<tr><td><a href="/${name}/issues">${name}</a></td><td>${row.description}</td><td class="soft">${row.open_issues} open</td></tr>`;
  })}</table>`;
}

export function renderIssueList(context: ForgeContext, repository: RepositoryRow, pulls: boolean): Html {
  const name = repositoryFullName(context, repository);
  const rows = context.store.all<IssueRow>(
    'SELECT * FROM issues WHERE repository_id = ? AND is_pull = ? ORDER BY state DESC, number DESC LIMIT ?',
    repository.id,
    pulls ? 1 : 0,
    most,
  );
  const nothing = rows.length === 0 && html`<p class="soft">None yet.</p>`;
  return html`<h1>${pulls ? 'Pull requests' : 'Issues'}</h1>${nothing}<table>${rows.map(
    (row) => html`<tr><td><span class="state ${row.state}">${row.state}</span></td>
<td><a href="/${name}/${pulls ? 'pull' : 'issues'}/${row.number}">${row.title}</a> ${renderLabels(context, row)}<br>
<span class="soft">#${row.number} by ${findUserById(context.store, row.user_id).login}, ${row.updated_at}</span></td>
<td class="soft">${row.comments > 0 && `${row.comments} comments`}</td></tr>`,
  )}</table>`;
}

export function renderLabels(context: ForgeContext, issue: IssueRow): Html {
  return html`${listLabels(context, issue.id).map((label) => html`<span class="label">${label.name}</span> `)}`;
}

export function renderDeliveries(context: ForgeContext): Html {
  const rows = context.store.all<DeliveryRow>('SELECT * FROM delivery_log ORDER BY id DESC LIMIT ?', most);
  return html`<h1>Webhook deliveries</h1><table><tr><th>event</th><th>delivery</th><th>at</th><th>answer</th></tr>${rows.map(
    (row) => {
      const ok = row.status_code >= 200 && row.status_code < 300;
      const answer = row.state === 'queued' ? 'queued' : `${row.status_code} ${row.status}`;
      return html`<tr><td>${row.event}${row.action !== null && `.${row.action}`}</td><td class="soft">${row.guid}${row.redelivery === 1 && ' (again)'}</td>
<td class="soft">${row.delivered_at}</td><td><span class="state ${row.state === 'queued' ? '' : ok ? 'success' : 'failure'}">${answer}</span></td></tr>`;
    },
  )}</table>`;
}
