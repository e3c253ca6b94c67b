import type { AppIdentity } from '../context.ts';

export interface AuthorizeRequest {
  readonly redirectUri: string;
  readonly state: string;
  /** Null where the App sent none. */
  readonly challenge: string | null;
}

/** What an App asks for with GitHub's names, from a query or a form; a sentence where it can't be. */
export function readAuthorizeRequest(
  given: URLSearchParams,
  identity: Pick<AppIdentity, 'clientId'>,
): AuthorizeRequest | string {
  if (given.get('client_id') !== identity.clientId) return 'There is no App with this client id.';
  const redirectUri = given.get('redirect_uri') ?? '';
  if (!isOnLoopback(redirectUri)) return 'The redirect_uri is not on loopback.';
  const challenge = given.get('code_challenge');
  if (challenge !== null && given.get('code_challenge_method') !== 'S256') {
    return 'A code_challenge needs the method S256.';
  }
  return { redirectUri, state: given.get('state') ?? '', challenge };
}

function isOnLoopback(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return /^https?:$/.test(protocol) && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}
