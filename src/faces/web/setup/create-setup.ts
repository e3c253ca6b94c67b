import { type Context, Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { styleSource } from '../assets.ts';
import type { Access } from '../door/access.ts';
import { addDoor } from '../door/door.ts';
import { PageSessions } from '../door/page-sessions.ts';
import { type AppFile, appManifest, isOrganization, isPublicRoot } from './app-manifest.ts';
import { askPage, confirmPage, donePage, failedPage, shutPage } from './setup-pages.ts';

export interface CreatedApp {
  readonly id: number;
  readonly name: string;
  /** The App's page on GitHub. */
  readonly url: string;
}

export type KeptApp =
  | { readonly status: 'kept'; readonly app: CreatedApp; readonly envFile: string }
  /** GitHub did not take the code: used, too old, or never given. */
  | { readonly status: 'refused' };

export interface SetupParts {
  readonly file: AppFile;
  readonly webhooksPath: string;
  /** `https://github.com`, or an Enterprise server's. */
  readonly githubRoot: string;
  /** Suggested as the place where GitHub reaches the server; '' for none. */
  readonly publicRoot: string;
  readonly access: Access;
  readonly clock: () => Date;
  /** Exchanges GitHub's code for the App's keys and keeps them. Called once for each code that comes with a right state. */
  readonly keep: (code: string) => Promise<KeptApp>;
}

export interface Setup {
  fetch(request: Request): Response | Promise<Response>;
  linkPath(): string;
  /** Resolves when an App's keys are kept. */
  readonly done: Promise<CreatedApp>;
}

/** The set-up of the App in a browser: what it will be, GitHub's own page, and back with its keys. */
export function createSetup(parts: SetupParts): Setup {
  // Coming back from GitHub the browser sends no strict cookie, so the state that went there has to come back.
  const states = new PageSessions(parts.clock);
  const { promise: done, resolve } = Promise.withResolvers<CreatedApp>();
  const app = new Hono();
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: [styleSource],
        formAction: ["'self'", parts.githubRoot],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
      strictTransportSecurity: false,
      referrerPolicy: 'same-origin',
    }),
  );
  // What keeps it running asks this, and may know no token.
  app.get('/healthz', (context) => context.text('ok\n'));
  const door = addDoor(app, parts.access, parts.clock);
  app.get('/', (context) =>
    door.readerOf(context).mayWrite ? ask(context, parts, states) : context.html(shutPage(), 403),
  );
  app.get('/created', async (context) => {
    const code = context.req.query('code') ?? '';
    const came = states.redeem(context.req.query('state') ?? '');
    if (came === null || code === '')
      return context.html(failedPage('This page was opened twice, or too late.'), 403);
    const kept = await parts.keep(code);
    if (kept.status === 'refused')
      return context.html(failedPage('GitHub did not take the code: it works once, for an hour.'), 422);
    resolve(kept.app);
    const installUrl = `${kept.app.url}/installations/new`;
    return context.html(donePage({ name: kept.app.name, installUrl, envFile: kept.envFile }));
  });
  return { fetch: (request) => app.fetch(request), linkPath: door.linkPath, done };
}

function ask(context: Context, parts: SetupParts, states: PageSessions): Response | Promise<Response> {
  const root = context.req.query('root');
  const organization = (context.req.query('organization') ?? '').trim();
  const given = { root: root ?? parts.publicRoot, organization };
  if (root === undefined) return context.html(askPage(given, ''));
  if (!isPublicRoot(root))
    return context.html(askPage(given, 'Give the address as https://host, with nothing after it.'), 422);
  if (organization !== '' && !isOrganization(organization)) {
    return context.html(askPage(given, 'That is no name of an organization on GitHub.'), 422);
  }
  const manifest = appManifest(parts.file, {
    publicRoot: root,
    webhooksPath: parts.webhooksPath,
    redirectUrl: `${new URL(context.req.url).origin}/created`,
  });
  const owner = organization === '' ? '' : `/organizations/${organization}`;
  const action = `${parts.githubRoot}${owner}/settings/apps/new?state=${states.makeCode()}`;
  return context.html(confirmPage({ action, manifest }));
}
