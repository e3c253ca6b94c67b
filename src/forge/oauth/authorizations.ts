import { createHash, randomBytes } from 'node:crypto';
import type { UserRow } from '../store/rows.ts';

/** GitHub's life of a code, in milliseconds. */
const life = 10 * 60_000;

export interface Authorization {
  readonly user: UserRow;
  readonly redirectUri: string;
  /** Of PKCE, with SHA-256; null where the App sent none. */
  readonly challenge: string | null;
}

/** Codes that wait to be exchanged, in memory. */
export class Authorizations {
  readonly #clock: () => Date;
  readonly #codes = new Map<string, Authorization & { readonly until: number }>();

  constructor(clock: () => Date) {
    this.#clock = clock;
  }

  /** A code that works once, for ten minutes. */
  grant(authorization: Authorization): string {
    const code = randomBytes(10).toString('hex');
    this.#codes.set(code, { ...authorization, until: this.#clock().getTime() + life });
    return code;
  }

  /** What a code stands for; null where it was used, is too old, or comes with another verifier. */
  redeem(code: string, verifier: string): Authorization | null {
    const found = this.#codes.get(code);
    this.#codes.delete(code);
    if (found === undefined || found.until <= this.#clock().getTime()) return null;
    const proved = createHash('sha256').update(verifier).digest('base64url');
    return found.challenge === null || found.challenge === proved ? found : null;
  }
}
