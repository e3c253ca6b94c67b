import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a marker is made for: nobody can move it to another issue or use it for another effect. */
export interface MarkerSubject {
  readonly kind: string;
  readonly effect: string;
  readonly repositoryId: number;
  /** The issue or pull request that it stands under; 0 for what creates one. */
  readonly issue: number;
}

const markerPattern = /<!-- gas-town ([a-z-]+) ([0-9a-f-]{36}) ([0-9a-f]{64}) -->/g;

function seal(key: Uint8Array, subject: MarkerSubject): Buffer {
  const text = JSON.stringify([subject.kind, subject.effect, subject.repositoryId, subject.issue]);
  return createHmac('sha256', key).update(text).digest();
}

/** The hidden line by which the town finds its own writing again. */
export function marker(key: Uint8Array, subject: MarkerSubject): string {
  return `<!-- gas-town ${subject.kind} ${subject.effect} ${seal(key, subject).toString('hex')} -->`;
}

/** Whether a text carries the marker of this very effect; a copied or forged one doesn't count. */
export function carriesMarker(key: Uint8Array, text: string, subject: MarkerSubject): boolean {
  const sealed = seal(key, subject);
  for (const [, kind, effect, hex] of text.matchAll(markerPattern)) {
    if (kind !== subject.kind || effect !== subject.effect || hex === undefined) continue;
    if (timingSafeEqual(Buffer.from(hex, 'hex'), sealed)) return true;
  }
  return false;
}
