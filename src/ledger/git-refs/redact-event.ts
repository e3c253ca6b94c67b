import { isUtf8 } from 'node:buffer';
import type { NewEvent } from '../../domain/event.ts';
import { redactSecrets } from '../../domain/text/redact-secrets.ts';

/** Shorter ones would take ordinary words out of texts. */
const shortestSecret = 8;

/** Takes known secrets and whatever is shaped like one out of a text. */
export function createRedact(secrets: readonly string[]): (text: string) => string {
  const known = secrets.filter((secret) => secret.length >= shortestSecret);
  return (text) =>
    redactSecrets(known.reduce((cleaned, secret) => cleaned.replaceAll(secret, '[redacted]'), text));
}

/** An event with every text in its data redacted. */
export function redactEvent(event: NewEvent, redact: (text: string) => string): NewEvent {
  // Texts stay texts and everything else stays as it is, so the data keep the shape of their type.
  return { ...event, data: within(event.data, redact) } as NewEvent;
}

function within(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((item) => within(item, redact));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, within(item, redact)]));
}

/** A text is kept without its secrets; other bytes are kept as they are. */
export function redactBytes(bytes: Uint8Array, redact: (text: string) => string): Uint8Array {
  return isUtf8(bytes) ? Buffer.from(redact(Buffer.from(bytes).toString('utf8'))) : bytes;
}
