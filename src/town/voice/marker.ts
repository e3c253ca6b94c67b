import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** What a marker is made for: nobody can move it to another issue or use it for another effect. */
export interface MarkerSubject {
  readonly kind: string;
  readonly effect: string;
  readonly repositoryId: number;
  /** The issue or pull request that it stands under; 0 for what creates one. */
  readonly issue: number;
}

export interface MarkerKey {
  /** Stands in each marker, so that one of an earlier key is known as such. Says nothing about the key. */
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** The key for markers from a secret that the town holds anyway (the App's private key, a model key), which it doesn't reveal. */
export function markerKeyFrom(secret: string): MarkerKey {
  const bytes = new Uint8Array(hkdfSync('sha256', secret, 'gas-town', 'marker 1', 32));
  const id = createHash('sha256').update('marker key id').update(bytes).digest('hex').slice(0, 8);
  return { id, bytes };
}

const markerPattern = /<!-- gas-town ([a-z-]+) ([0-9a-f-]{36}) ([0-9a-f]{8}) ([0-9a-f]{64}) -->/g;

function seal(key: MarkerKey, subject: MarkerSubject): Buffer {
  const text = JSON.stringify([key.id, subject.kind, subject.effect, subject.repositoryId, subject.issue]);
  return createHmac('sha256', key.bytes).update(text).digest();
}

/** The hidden line by which the town finds its own writing again. */
export function marker(key: MarkerKey, subject: MarkerSubject): string {
  return `<!-- gas-town ${subject.kind} ${subject.effect} ${key.id} ${seal(key, subject).toString('hex')} -->`;
}

/**
 * Whether a text carries the marker of this very effect; a copied or forged one doesn't count. `other-key`: it carries one
 * that names this effect and another key, so that nobody can say any more whether the town made it.
 */
export function markerIn(
  key: MarkerKey,
  text: string,
  subject: MarkerSubject,
): 'this-effect' | 'other-key' | 'none' {
  const sealed = seal(key, subject);
  let otherKey = false;
  for (const [, kind, effect, id, hex] of text.matchAll(markerPattern)) {
    if (kind !== subject.kind || effect !== subject.effect || hex === undefined) continue;
    if (id === key.id && timingSafeEqual(Buffer.from(hex, 'hex'), sealed)) return 'this-effect';
    otherKey ||= id !== key.id;
  }
  return otherKey ? 'other-key' : 'none';
}
