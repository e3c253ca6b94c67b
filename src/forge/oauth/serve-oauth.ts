import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ForgeContext } from '../context.ts';
import { readBody } from '../server/read-body.ts';
import { sendReply } from '../server/send-reply.ts';
import type { UserRow } from '../store/rows.ts';
import { findUser, findUserById } from '../store/users.ts';
import { type Html, html } from '../web/html.ts';
import { form, layout, type PageFrame } from '../web/layout.ts';
import { send } from '../web/send-page.ts';
import { answerAccessToken } from './access-token.ts';
import { type AuthorizeRequest, readAuthorizeRequest } from './authorize-request.ts';

const authorizePath = '/login/oauth/authorize';

/** Whether an address is one of the web flow, by which an App learns who a person is. */
export const isOAuthPath = ({ pathname }: URL): boolean => pathname.startsWith('/login/oauth/');

interface Visit {
  readonly context: ForgeContext;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly session: string | undefined;
}

/** The two endpoints of the web flow. Who a browser is, the pages' own session says. */
export async function serveOAuth(
  context: ForgeContext,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const visit: Visit = { context, request, response, session: context.pages.find(request) };
  const key = `${request.method} ${url.pathname}`;
  if (key === 'POST /login/oauth/access_token') {
    sendReply(request, response, await answerAccessToken(context, request));
  } else if (key === `GET ${authorizePath}`) {
    ask(visit, url.searchParams);
  } else if (key === `POST ${authorizePath}`) {
    await authorize(visit, url.origin);
  } else {
    page(visit, 404, html`<h1>Not found</h1>`);
  }
}

/** Shows who asks for whom; nothing is given before the person says so. */
function ask(visit: Visit, given: URLSearchParams): void {
  const { context, session } = visit;
  const asked = readAuthorizeRequest(given, context.identity);
  if (typeof asked === 'string' || session === undefined) {
    const [status, title, words] =
      typeof asked === 'string'
        ? ([404, 'It can’t be authorized', asked] as const)
        : ([401, 'Log in first', 'Open the link that the terminal printed, then come back.'] as const);
    page(visit, status, html`<h1>${title}</h1><p>${words}</p>`);
    return;
  }
  const { login } = personOf(context, session);
  const fields = [...given].map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  const button = html`${fields}<button class="main">Authorize ${context.identity.slug} as ${login}</button>`;
  page(
    visit,
    200,
    html`<h1>${context.identity.slug} would like to know who you are</h1>
<p>It may act for you on the repositories that it is installed on, and leads you back to ${new URL(asked.redirectUri).origin}.</p>
${form(frameOf(visit), authorizePath, false, button)}`,
    new URL(asked.redirectUri).origin,
  );
}

async function authorize(visit: Visit, origin: string): Promise<void> {
  const { context, request, response, session } = visit;
  const fields = new URLSearchParams((await readBody(request)).toString());
  const own = request.headers.origin === origin;
  if (session === undefined || !own || !context.pages.holdsFormKey(session, fields.get('key') ?? '')) {
    return page(visit, 403, html`<h1>Not allowed</h1>`);
  }
  const asked = readAuthorizeRequest(fields, context.identity);
  if (typeof asked === 'string')
    return page(visit, 404, html`<h1>It can’t be authorized</h1><p>${asked}</p>`);
  const location = backTo(context, asked, personOf(context, session));
  response.writeHead(302, { location, 'cache-control': 'no-store' }).end();
}

function backTo(context: ForgeContext, asked: AuthorizeRequest, user: UserRow): string {
  const { redirectUri, state, challenge } = asked;
  const back = new URL(redirectUri);
  back.searchParams.set('code', context.authorizations.grant({ user, redirectUri, challenge }));
  back.searchParams.set('state', state);
  return back.href;
}

/** The user that the session acts as, or the owner of the first repository. */
function personOf({ pages, store, identity }: ForgeContext, session: string): UserRow {
  const login = pages.actingAs(session);
  const chosen = login === undefined ? undefined : findUser(store, login);
  if (chosen !== undefined) return chosen;
  const row = store.one<{ user_id: number }>(
    'SELECT user_id FROM tokens WHERE token = ?',
    identity.userToken,
  );
  return findUserById(store, row?.user_id ?? identity.botUserId);
}

function frameOf({ context, session }: Visit): PageFrame {
  const formKey = session === undefined ? undefined : context.pages.formKey(session);
  const actingAs = session === undefined ? undefined : context.pages.actingAs(session);
  return { title: 'Authorize', formKey, actingAs, users: [] };
}

function page(visit: Visit, status: number, content: Html, formsTo = ''): void {
  send(visit.response, status, 'text/html', layout(frameOf(visit), content), formsTo);
}
