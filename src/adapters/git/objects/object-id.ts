import { createHash } from 'node:crypto';

export type ObjectKind = 'blob' | 'tree' | 'commit';

/** The header before an object's bytes, which its id covers too. Source: gitformat-loose(5). */
export const headerOf = (kind: ObjectKind, content: Uint8Array): Buffer =>
  Buffer.from(`${kind} ${content.length}\0`, 'latin1');

/** The id that git gives an object. `length` is that of the repository's ids in hex: 40 (SHA-1) or 64 (SHA-256). */
export function objectId(kind: ObjectKind, content: Uint8Array, length: number): string {
  return createHash(length === 64 ? 'sha256' : 'sha1')
    .update(headerOf(kind, content))
    .update(content)
    .digest('hex');
}
