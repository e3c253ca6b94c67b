import { Octokit } from '@octokit/rest';
import { z } from 'zod';

export interface UserAuthorization {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where people log in: `https://github.com`, or an Enterprise server's root. */
  readonly webRoot: string;
  /** REST root. */
  readonly api: string;
}

export interface AuthorizedUser {
  readonly login: string;
  readonly token: string;
  /** Milliseconds since 1970; null where tokens of this App don't expire. */
  readonly until: number | null;
}

/**
 * The first step of GitHub's web flow with PKCE, which @octokit/oauth-methods does not know.
 * https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-user-access-token-for-a-github-app
 */
export function authorizeUrl(
  { clientId, webRoot }: UserAuthorization,
  asked: { readonly state: string; readonly challenge: string; readonly redirectUrl: string },
): string {
  const query = new URLSearchParams({
    client_id: clientId,
    redirect_uri: asked.redirectUrl,
    state: asked.state,
    code_challenge: asked.challenge,
    code_challenge_method: 'S256',
  });
  return `${webRoot}/login/oauth/authorize?${query}`;
}

/** GitHub answers 200 with `error` where it does not take the code. */
const tokenAnswer = z.union([
  z.object({ access_token: z.string().min(1), expires_in: z.number().optional() }),
  z.object({ error: z.string() }),
]);
const named = z.object({ login: z.string().min(1), type: z.string() });

/** The last steps: a token for the code, and whose it is. Null where GitHub does not take the code, or it is no person's. */
export async function authorizeUser(
  app: UserAuthorization,
  code: string,
  { verifier, redirectUrl }: { readonly verifier: string; readonly redirectUrl: string },
): Promise<AuthorizedUser | null> {
  const answer = await fetch(`${app.webRoot}/login/oauth/access_token`, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({
      client_id: app.clientId,
      client_secret: app.clientSecret,
      code,
      redirect_uri: redirectUrl,
      code_verifier: verifier,
    }),
    signal: AbortSignal.timeout(10_000),
  });
  if (!answer.ok) return null;
  const given = tokenAnswer.parse(await answer.json());
  if ('error' in given) return null;
  const octokit = new Octokit({ baseUrl: app.api, auth: given.access_token });
  const { login, type } = named.parse((await octokit.rest.users.getAuthenticated()).data);
  const until = given.expires_in === undefined ? null : Date.now() + given.expires_in * 1000;
  return type === 'User' ? { login, token: given.access_token, until } : null;
}
