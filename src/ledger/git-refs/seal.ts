import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/** Closes texts so that only who has the key can read them, and nobody can alter them or put them elsewhere. */
export interface Seal {
  /** `place` is authenticated: the same bytes can't be opened as anything else. */
  close(text: string, place: string): Uint8Array;
  /** Null for another key, another place, or bytes that were altered. */
  open(sealed: Uint8Array, place: string): string | null;
}

/** AES-256-GCM under a key derived (HKDF, SHA-256) from any secret text; nonce, tag and ciphertext in this order. */
export function createSeal(secret: string): Seal {
  const key = Buffer.from(hkdfSync('sha256', secret, 'gas-town', 'session events', 32));
  return {
    close(text, place) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
      cipher.setAAD(Buffer.from(place));
      const closed = Buffer.concat([cipher.update(deflateRawSync(text)), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), closed]);
    },
    open(sealed, place) {
      const bytes = Buffer.from(sealed);
      if (bytes.length < nonceBytes + tagBytes) return null;
      const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceBytes), {
        authTagLength: tagBytes,
      });
      decipher.setAAD(Buffer.from(place));
      decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      const opened = decipher.update(bytes.subarray(nonceBytes + tagBytes));
      try {
        return inflateRawSync(Buffer.concat([opened, decipher.final()])).toString('utf8');
      } catch {
        // The tag doesn't fit, which is the one thing that `final` tells by throwing.
        return null;
      }
    },
  };
}
