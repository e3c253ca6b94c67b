import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { html } from '../layout/html.ts';
import { type Access, isLoopbackHost } from './access.ts';
import { isSameSecret, PageSessions } from './page-sessions.ts';

const cookieName = 'gastown_page';

/** Decides for each request whether it may be answered, and whether its reader may write. */
export interface Door {
  /** Refuses hosts and origins that are not the page's own, and readers without a token where one is needed. */
  readonly guard: MiddlewareHandler;
  mayWrite(context: Context): boolean;
  /** The path that lets whoever opens it first write; it works once, for 15 minutes. */
  linkPath(): string;
  /** Answers that path. */
  readonly openLink: (context: Context) => Response | Promise<Response>;
  /** Answers the form that asks for the token. */
  readonly logIn: (context: Context) => Promise<Response>;
}

export function createDoor(access: Access, clock: () => Date): Door {
  const sessions = new PageSessions(clock);
  const hasSession = (context: Context): boolean => sessions.holds(getCookie(context, cookieName));
  const letIn = (context: Context, session: string): Response => {
    const secure = context.req.header('x-forwarded-proto') === 'https';
    setCookie(context, cookieName, session, { httpOnly: true, sameSite: 'Strict', path: '/', secure });
    return context.redirect('/', 303);
  };
  return {
    async guard(context, next) {
      if (access.kind === 'loopback' && !isLoopbackHost(context.req.header('host') ?? ''))
        return context.text('This page answers on loopback only.\n', 421);
      if (isForeign(context)) return context.text('This page answers its own origin only.\n', 403);
      if (access.kind === 'token' && !hasSession(context) && !hasToken(context, access.token)) {
        return isAsset(context) ? next() : askForToken(context);
      }
      return next();
    },
    mayWrite: hasSession,
    linkPath: () => `/open/${sessions.makeCode()}`,
    openLink(context) {
      const session = sessions.redeem(context.req.param('code') ?? '');
      if (session !== null) return letIn(context, session);
      return context.html(
        html`<h1>This link was used or is too old</h1><p>The terminal prints another at the next start.</p>`,
        403,
      );
    },
    async logIn(context) {
      const { token } = await context.req.parseBody();
      const right = access.kind === 'token' && typeof token === 'string' && isSameSecret(token, access.token);
      return right ? letIn(context, sessions.open()) : askForToken(context);
    },
  };
}

/** A browser names the origin of every request that writes or that a script of another page makes. */
function isForeign(context: Context): boolean {
  const origin = context.req.header('origin');
  if (origin === undefined) return context.req.method !== 'GET' && context.req.method !== 'HEAD';
  return !URL.canParse(origin) || new URL(origin).host !== context.req.header('host');
}

function hasToken(context: Context, token: string): boolean {
  const given = /^Bearer (.+)$/i.exec(context.req.header('authorization') ?? '')?.[1];
  return given !== undefined && isSameSecret(given, token);
}

const isAsset = (context: Context): boolean =>
  context.req.path.startsWith('/assets/') || context.req.path === '/login';

function askForToken(context: Context): Response | Promise<Response> {
  return context.html(
    html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Gas Town</title><link rel="stylesheet" href="/assets/style.css"></head>
<body><main class="login"><h1>Gas Town</h1><form method="post" action="/login"><label>Token<input type="password" name="token" required autocomplete="current-password"></label><button type="submit">Come in</button></form></main></body></html>`,
    401,
  );
}
