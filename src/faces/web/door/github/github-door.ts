import type { Context, Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Access } from '../access.ts';
import { notLoggedInPage, welcomePage } from '../login-pages.ts';
import { isSameSecret, type PageSessions } from '../page-sessions.ts';
import { PendingLogins } from './pending-logins.ts';

type GitHubAccess = Extract<Access, { kind: 'github' }>;

const stateCookie = 'gastown_login';
export const callbackPath = '/login/github/callback';
/** Seconds. */
const stateLife = 600;

interface GitHubDoorParts {
  readonly access: GitHubAccess;
  readonly sessions: PageSessions;
  readonly clock: () => Date;
  readonly keep: (context: Context, session: string) => void;
}

/** GitHub's web flow: out with a state that this browser alone holds and the hash of a verifier, back with a code for one person. */
export function addGitHubDoor(app: Hono, { access, sessions, clock, keep }: GitHubDoorParts): void {
  const pending = new PendingLogins(clock);
  const redirectUrl = access.root + callbackPath;
  const secure = access.root.startsWith('https:');
  app.get('/login/github', (context) => {
    const { state, challenge } = pending.begin();
    // Lax: it has to come along when GitHub's page leads back here.
    const options = { httpOnly: true, sameSite: 'Lax', path: '/login', secure, maxAge: stateLife } as const;
    setCookie(context, stateCookie, state, options);
    return context.redirect(access.github.authorizeUrl({ state, challenge, redirectUrl }), 303);
  });
  app.get(callbackPath, async (context) => {
    const state = context.req.query('state') ?? '';
    const own = getCookie(context, stateCookie) ?? '';
    deleteCookie(context, stateCookie, { path: '/login', secure });
    const verifier = state !== '' && isSameSecret(state, own) ? pending.end(state) : null;
    if (verifier === null) {
      return context.html(notLoggedInPage('This login was not begun here, was used, or took too long.'), 403);
    }
    const code = context.req.query('code');
    const person = code === undefined ? null : await access.github.identify(code, { verifier, redirectUrl });
    if (person === null) return context.html(notLoggedInPage('GitHub did not say who you are.'), 403);
    keep(context, sessions.open(person));
    return context.html(welcomePage(person.login));
  });
}
