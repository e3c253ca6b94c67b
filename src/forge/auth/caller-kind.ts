/** What kind of caller an `Authorization` header speaks for, unchecked: an App or its installation, or a user; null where it says nothing. */
export function callerKind(header: string | undefined): 'app' | 'user' | null {
  const secret = readSecret(header ?? '');
  if (secret === undefined) return null;
  return isJwt(secret) || secret.startsWith('ghs_') ? 'app' : 'user';
}

/** App JWTs have three parts; so have installation tokens of 2026, behind their prefix. */
export const isJwt = (secret: string): boolean => secret.split('.').length === 3 && !secret.startsWith('gh');

/** The token of `Bearer` or `token`, or of `Basic` as its password. */
export function readSecret(header: string): string | undefined {
  const [scheme = '', rest = ''] = header.split(/\s+/, 2);
  if (/^(bearer|token)$/i.test(scheme)) return rest || undefined;
  if (!/^basic$/i.test(scheme)) return undefined;
  const [user = '', ...password] = Buffer.from(rest, 'base64').toString().split(':');
  return password.join(':') || user || undefined;
}
