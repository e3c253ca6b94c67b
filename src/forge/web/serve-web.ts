import type { IncomingMessage, ServerResponse } from 'node:http';
import { bareRepositoryPath, type ForgeContext } from '../context.ts';
import { readCommit } from '../git/commits.ts';
import { diffFiles } from '../git/diff.ts';
import { isSha } from '../git/objects.ts';
import { readBody } from '../server/read-body.ts';
import { findIssue } from '../store/issues.ts';
import { findRepository } from '../store/repositories.ts';
import type { IssueRow, RepositoryRow } from '../store/rows.ts';
import { findUser, findUserById, listPeople } from '../store/users.ts';
import { act } from './act.ts';
import { type Html, html } from './html.ts';
import { layout, type PageFrame } from './layout.ts';
import { renderRunPage, renderRuns } from './pages/actions.ts';
import { renderDiff } from './pages/diff.ts';
import { renderIssuePage } from './pages/issue.ts';
import { renderDeliveries, renderIssueList, renderRepositories } from './pages/lists.ts';
import { renderPullPage } from './pages/pull.ts';
import { send } from './send-page.ts';
import { style } from './style.ts';

interface Visit {
  readonly context: ForgeContext;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly session: string | undefined;
}

/** Serves the pages. Reading needs nothing for public repositories; writing needs a session from a one-time link. */
export async function serveWeb(
  context: ForgeContext,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const visit: Visit = { context, request, response, url, session: context.pages.find(request) };
  if (request.method === 'POST') return post(visit);
  if (request.method !== 'GET') return sendPage(visit, 405, 'Not allowed', html`<h1>Not allowed</h1>`);
  const code = /^\/_page\/session\/([\w-]+)$/.exec(url.pathname)?.[1];
  if (code !== undefined) return openSession(visit, code);
  if (url.pathname.startsWith('/_page/log/')) return sendLog(visit);
  if (url.pathname === '/_page/style.css') return send(response, 200, 'text/css', style);
  if (url.pathname === '/_page/deliveries')
    return sendPage(visit, 200, 'Deliveries', renderDeliveries(context));
  if (url.pathname === '/') {
    return sendPage(visit, 200, 'Forge', renderRepositories(context, visit.session !== undefined));
  }
  return page(visit);
}

function openSession(visit: Visit, code: string): void {
  const cookie = visit.context.pages.redeem(code);
  if (cookie === undefined) {
    sendPage(
      visit,
      403,
      'Used',
      html`<h1>This link was used or is too old</h1><p>The terminal can print another.</p>`,
    );
    return;
  }
  visit.response.writeHead(303, { location: '/', 'set-cookie': cookie, 'cache-control': 'no-store' }).end();
}

/** The log of a workflow job, to who has a link that the API gave. */
function sendLog({ context, response, url }: Visit): void {
  const id = /^\/_page\/log\/(\d+)$/.exec(context.pages.readSigned(url.pathname) ?? '')?.[1];
  const sql = 'SELECT log FROM workflow_jobs WHERE id = ?';
  const row = id === undefined ? undefined : context.store.one<{ log: string }>(sql, Number(id));
  send(response, row === undefined ? 404 : 200, 'text/plain', row?.log ?? 'Not found\n');
}

const pathPattern =
  /^\/([\w.-]+)\/([\w.-]+)(?:\/(issues|pulls|pull|commit|actions(?:\/runs)?)(?:\/(\w+)(?:\/(\w+)(?:\/\d+)?)?)?)?$/;

interface Place {
  readonly repository: RepositoryRow;
  readonly kind: string;
  readonly key: string | undefined;
  readonly action: string | undefined;
}

function placeOf(visit: Visit): Place | undefined {
  const found = pathPattern.exec(visit.url.pathname);
  const [, owner = '', name = '', kind = 'issues', key, action] = found ?? [];
  const repository = found === null ? undefined : findRepository(visit.context.store, owner, name);
  if (repository === undefined || (repository.private === 1 && visit.session === undefined)) return undefined;
  return { repository, kind, key, action };
}

function issueAt(visit: Visit, place: Place): IssueRow | undefined {
  if (place.key === undefined || !/^\d{1,9}$/.test(place.key)) return undefined;
  return findIssue(visit.context.store, place.repository.id, Number(place.key));
}

async function page(visit: Visit): Promise<void> {
  const place = placeOf(visit);
  const content = place === undefined ? undefined : await contentOf(visit, place);
  if (content === undefined) return sendPage(visit, 404, 'Not found', html`<h1>Not found</h1>`);
  sendPage(visit, 200, visit.url.pathname.slice(1), content);
}

async function contentOf(visit: Visit, place: Place): Promise<Html | undefined> {
  const { context } = visit;
  const { repository, kind, key } = place;
  const frame = frameOf(visit, visit.url.pathname.slice(1));
  if (kind === 'commit') return commitPage(context, repository, key ?? '');
  if (kind === 'actions') return renderRuns(context, repository);
  if (kind === 'actions/runs') return renderRunPage(context, repository, Number(key));
  if (key === undefined) return renderIssueList(context, repository, kind === 'pulls');
  const issue = issueAt(visit, place);
  if (issue === undefined) return undefined;
  return issue.is_pull === 1
    ? renderPullPage(context, repository, issue, frame)
    : renderIssuePage(context, repository, issue, frame);
}

async function commitPage(
  context: ForgeContext,
  repository: RepositoryRow,
  sha: string,
): Promise<Html | undefined> {
  const path = bareRepositoryPath(context, repository.id);
  const commit = isSha(sha) ? await readCommit(path, sha) : undefined;
  if (commit === undefined) return undefined;
  const files = await diffFiles(path, commit.parents[0], sha);
  return html`<h1><code>${sha.slice(0, 12)}</code></h1><section class="box"><div class="body">${commit.message}</div></section>${renderDiff(files)}`;
}

/** A form: from a page of this very origin, with the session's key. */
async function post(visit: Visit): Promise<void> {
  const { context, request, response, url, session } = visit;
  const fields = new URLSearchParams((await readBody(request)).toString());
  const own = request.headers.origin === url.origin;
  if (session === undefined || !own || !context.pages.holdsFormKey(session, fields.get('key') ?? '')) {
    return sendPage(
      visit,
      403,
      'Not allowed',
      html`<h1>Not allowed</h1><p>Writing needs the link that the terminal printed.</p>`,
    );
  }
  if (url.pathname === '/_page/act-as') return actAs(visit, session, fields.get('login') ?? '');
  const place = placeOf(visit);
  const issue = place === undefined ? undefined : issueAt(visit, place);
  if (place === undefined || issue === undefined)
    return sendPage(visit, 404, 'Not found', html`<h1>Not found</h1>`);
  const login = context.pages.actingAs(session);
  const chosen = login === undefined ? undefined : findUser(context.store, login);
  const user = chosen ?? findUserById(context.store, place.repository.owner_id);
  const acted = await act(context, place.repository, issue, place.action ?? '', fields, user);
  if (acted.kind === 'refused') {
    const back = url.pathname.replace(/\/\w+$/, '');
    return sendPage(
      visit,
      acted.status,
      'Refused',
      html`<h1>Refused</h1><p class="notice">${acted.message}</p><p><a href="${back}">Back</a></p>`,
    );
  }
  response.writeHead(303, { location: url.pathname.replace(/\/\w+$/, '') }).end();
}

function actAs(visit: Visit, session: string, login: string): void {
  const { context, request, response } = visit;
  if (login !== '' && !listPeople(context.store).includes(login)) {
    sendPage(visit, 404, 'Not found', html`<h1>There is no such user</h1>`);
    return;
  }
  context.pages.actAs(session, login === '' ? undefined : login);
  const from = request.headers.referer ?? '';
  const back = URL.canParse(from) ? new URL(from).pathname : '/';
  response.writeHead(303, { location: back.replace(/^\/+/, '/') }).end();
}

function frameOf(visit: Visit, title: string): PageFrame {
  const { session, context } = visit;
  const fullName = /^\/([^_/][^/]*\/[^/]+)/.exec(visit.url.pathname)?.[1];
  return {
    title,
    ...(fullName === undefined ? {} : { fullName }),
    formKey: session === undefined ? undefined : context.pages.formKey(session),
    actingAs: session === undefined ? undefined : context.pages.actingAs(session),
    users: session === undefined ? [] : listPeople(context.store),
  };
}

function sendPage(visit: Visit, status: number, title: string, content: Html): void {
  send(visit.response, status, 'text/html', layout(frameOf(visit, title), content));
}
