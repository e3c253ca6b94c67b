import { createHmac, timingSafeEqual } from 'node:crypto';
import type { StreamId } from '../../domain/event.ts';
import type { MarkerKey } from './marker.ts';

/** A stream's head in the repository's refs, as it was when something was written on GitHub. */
export interface HeadAnchor {
  readonly oid: string;
  readonly version: number;
  /** The first digits of its last event's hash. */
  readonly hash: string;
}

const pattern = /<!-- gas-town head ([0-9a-f]{40,64}) (\d+) ([0-9a-f]{16,64}) ([0-9a-f]{64}) -->/g;

function seal(key: MarkerKey, stream: StreamId, { oid, version, hash }: HeadAnchor): Buffer {
  const text = JSON.stringify(['head', stream, oid, version, hash]);
  return createHmac('sha256', key.bytes).update(text).digest();
}

/** A hidden line that says from which head a text was made; nobody without the key can make one, or use it elsewhere. */
export function anchorMarker(key: MarkerKey, stream: StreamId, anchor: HeadAnchor): string {
  const { oid, version, hash } = anchor;
  return `<!-- gas-town head ${oid} ${version} ${hash} ${seal(key, stream, anchor).toString('hex')} -->`;
}

/** The newest head that one of the texts was made from; forged and copied lines don't count. */
export function newestAnchor(key: MarkerKey, stream: StreamId, texts: readonly string[]): HeadAnchor | null {
  let newest: HeadAnchor | null = null;
  for (const [, oid = '', version = '', hash = '', hex = ''] of texts.flatMap((text) => [
    ...text.matchAll(pattern),
  ])) {
    const anchor = { oid, version: Number(version), hash };
    if (!timingSafeEqual(Buffer.from(hex, 'hex'), seal(key, stream, anchor))) continue;
    if (newest === null || anchor.version > newest.version) newest = anchor;
  }
  return newest;
}
