import type { Context, Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { html } from '../layout/html.ts';
import { type Access, isLoopbackHost, tokenOf } from './access.ts';
import { addGitHubDoor } from './github/github-door.ts';
import { Permissions } from './github/permissions.ts';
import { loginPage } from './login-pages.ts';
import { isSameSecret, PageSessions } from './page-sessions.ts';
import type { Reader } from './reader.ts';

const cookieName = 'gastown_page';

/** Decides for each request whether it may be answered, and what its reader may see and do. */
export interface Door {
  readerOf(context: Context): Reader;
  /** The path that lets whoever opens it first write; it works once, for 15 minutes. */
  linkPath(): string;
}

/**
 * Puts a door before an app: refuses hosts and origins that are not the page's own, and readers who are not let in. To be
 * called before any page is added.
 */
export function addDoor(app: Hono, access: Access, clock: () => Date): Door {
  const sessions = new PageSessions(clock);
  const sessionOf = (context: Context) => sessions.find(getCookie(context, cookieName));
  const keep = (context: Context, session: string): void => {
    const root = access.kind === 'github' ? access.root : '';
    const secure = root.startsWith('https:') || context.req.header('x-forwarded-proto') === 'https';
    setCookie(context, cookieName, session, { httpOnly: true, sameSite: 'Strict', path: '/', secure });
  };
  app.use(async (context, next) => {
    if (access.kind === 'loopback' && !isLoopbackHost(context.req.header('host') ?? ''))
      return context.text('This page answers on loopback only.\n', 421);
    if (isForeign(context)) return context.text('This page answers its own origin only.\n', 403);
    if (access.kind === 'loopback' || isOpen(context.req.path)) return next();
    if (sessionOf(context) !== null || hasToken(context, access)) return next();
    return context.html(loginPage(access), 401);
  });
  app.get('/open/:code', (context) => {
    const session = sessions.redeem(context.req.param('code'));
    if (session === null) {
      const used = html`<h1>This link was used or is too old</h1><p>The terminal prints another at the next start.</p>`;
      return context.html(used, 403);
    }
    keep(context, session);
    return context.redirect('/', 303);
  });
  app.post('/login', async (context) => {
    const { token: given } = await context.req.parseBody();
    const token = tokenOf(access);
    const right = token !== null && typeof given === 'string' && isSameSecret(given, token);
    if (!right) return context.html(loginPage(access), 401);
    keep(context, sessions.open(null));
    return context.redirect('/', 303);
  });
  app.post('/logout', (context) => {
    sessions.end(getCookie(context, cookieName));
    deleteCookie(context, cookieName, { path: '/' });
    return context.redirect('/', 303);
  });
  if (access.kind === 'github') addGitHubDoor(app, { access, sessions, clock, keep });
  const permissions = access.kind === 'github' ? new Permissions(access.github, clock) : null;
  return {
    linkPath: () => `/open/${sessions.makeCode()}`,
    readerOf(context) {
      const session = sessionOf(context);
      const person = session?.person ?? null;
      return {
        person,
        mayWrite: access.kind === 'github' ? person !== null : session !== null,
        writesWith:
          access.kind === 'github'
            ? 'Writing needs a login with GitHub'
            : 'Writing needs the link that the terminal printed',
        async sees(rigs) {
          if (person === null || permissions === null) return rigs;
          const may = await Promise.all(rigs.map((rig) => permissions.mayWrite(person, rig)));
          return rigs.filter((_, index) => may[index]);
        },
      };
    },
  };
}

/** A browser names the origin of every request that writes or that a script of another page makes. */
function isForeign(context: Context): boolean {
  const origin = context.req.header('origin');
  if (origin === undefined) return context.req.method !== 'GET' && context.req.method !== 'HEAD';
  return !URL.canParse(origin) || new URL(origin).host !== context.req.header('host');
}

function hasToken(context: Context, access: Access): boolean {
  const token = tokenOf(access);
  const given = /^Bearer (.+)$/i.exec(context.req.header('authorization') ?? '')?.[1];
  return token !== null && given !== undefined && isSameSecret(given, token);
}

/** What one needs to come in. */
const isOpen = (path: string): boolean =>
  path.startsWith('/assets/') || path === '/login' || path.startsWith('/login/');
