import type { IncomingMessage } from 'node:http';
import { randomToken } from '../auth/random-token.ts';
import { type ForgeContext, timestamp } from '../context.ts';
import type { Reply } from '../server/operation.ts';
import { readBody } from '../server/read-body.ts';
import { clientSecretOf } from './client-secret.ts';

/** GitHub's life of a user's token, in seconds. */
const tokenLife = 8 * 60 * 60;

/** `POST /login/oauth/access_token`: a user's token for a code. Refusals are answered 200 with `error`, as GitHub does. */
export async function answerAccessToken(context: ForgeContext, request: IncomingMessage): Promise<Reply> {
  const given = await fieldsOf(request);
  const { identity, authorizations, store, clock } = context;
  const isClient =
    given.get('client_id') === identity.clientId && given.get('client_secret') === clientSecretOf(identity);
  if (!isClient)
    return refused(
      'incorrect_client_credentials',
      'The client_id and/or client_secret passed are incorrect.',
    );
  const granted = authorizations.redeem(given.get('code') ?? '', given.get('code_verifier') ?? '');
  if (granted === null) return refused('bad_verification_code', 'The code passed is incorrect or expired.');
  if ((given.get('redirect_uri') ?? granted.redirectUri) !== granted.redirectUri) {
    return refused(
      'redirect_uri_mismatch',
      'The redirect_uri MUST match the registered callback URL for this application.',
    );
  }
  const token = randomToken('ghu_');
  const until = new Date(clock().getTime() + tokenLife * 1000);
  store.run(
    'INSERT INTO tokens (token, user_id, expires_at) VALUES (?, ?, ?)',
    token,
    granted.user.id,
    timestamp(until),
  );
  return {
    status: 200,
    body: { access_token: token, expires_in: tokenLife, token_type: 'bearer', scope: '' },
  };
}

const refused = (error: string, description: string): Reply => ({
  status: 200,
  body: { error, error_description: description, error_uri: 'https://docs.github.com' },
});

/** A form or a JSON object. */
async function fieldsOf(request: IncomingMessage): Promise<URLSearchParams> {
  const text = (await readBody(request)).toString();
  if (!/\bjson\b/.test(request.headers['content-type'] ?? '')) return new URLSearchParams(text);
  try {
    const fields = Object.entries(Object(JSON.parse(text)));
    return new URLSearchParams(fields.map(([name, value]): [string, string] => [name, String(value)]));
  } catch (error) {
    if (error instanceof SyntaxError) return new URLSearchParams();
    throw error;
  }
}
