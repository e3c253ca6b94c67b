import { redactSecrets } from '../../../domain/text/redact-secrets.ts';

/** Shorter ones would be found in words that mean nothing. Characters. */
const shortestPart = 16;
/** Who is after a key asks for it without the beginning by which patterns know it. Characters. */
const knownBeginning = 7;

/**
 * Takes secrets whose values are known out of a text: as they are, in JSON, base64, base64url, hexadecimal and percent encoding, also
 * without their first characters; and then whatever else looks like a secret.
 */
export function redactKnown(secrets: readonly string[]): (text: string) => string {
  const forms = [...new Set(secrets.filter((secret) => secret !== '').flatMap(formsOf))].toSorted(
    (one, other) => other.length - one.length,
  );
  return (text) =>
    redactSecrets(forms.reduce((cleaned, form) => cleaned.replaceAll(form, '[redacted]'), text));
}

function formsOf(secret: string): readonly string[] {
  const rest = secret.slice(knownBeginning);
  return [secret, ...(rest.length >= shortestPart ? [rest] : [])].flatMap((part) => [
    part,
    JSON.stringify(part).slice(1, -1),
    encodeURIComponent(part),
    Buffer.from(part).toString('hex'),
    Buffer.from(part).toString('hex').toUpperCase(),
    ...[0, 1, 2].flatMap((shift) => base64At(part, shift)),
  ]);
}

/** How a part looks in base64 when so many bytes stand before it: only the characters that nothing beside it has a say in. */
function base64At(part: string, shift: number): readonly string[] {
  const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(part)]);
  const first = Math.ceil((shift * 8) / 6);
  const last = Math.floor((bytes.length * 8) / 6);
  const cut = (encoding: 'base64' | 'base64url'): string => bytes.toString(encoding).slice(first, last);
  return last - first < shortestPart ? [] : [cut('base64'), cut('base64url')];
}
