import { createHash } from 'node:crypto';

/** The id that git gives a blob. `length` is that of the repository's ids in hex: 40 (SHA-1) or 64 (SHA-256). */
export function blobId(content: Uint8Array, length: number): string {
  return createHash(length === 64 ? 'sha256' : 'sha1')
    .update(`blob ${content.length}\0`)
    .update(content)
    .digest('hex');
}
