import { createHash, randomBytes } from 'node:crypto';

/** How long a person may take on GitHub's page, in milliseconds. */
const life = 10 * 60_000;
/** Who asks for more than this at once is no crowd of people. */
const most = 1_000;

interface Pending {
  readonly verifier: string;
  readonly until: number;
}

/** Logins that were sent to GitHub and have not come back, in memory. */
export class PendingLogins {
  readonly #clock: () => Date;
  readonly #pending = new Map<string, Pending>();

  constructor(clock: () => Date) {
    this.#clock = clock;
  }

  begin(): { readonly state: string; readonly challenge: string } {
    const state = randomBytes(24).toString('base64url');
    const verifier = randomBytes(48).toString('base64url');
    this.#pending.set(state, { verifier, until: this.#clock().getTime() + life });
    const [oldest] = this.#pending.keys();
    if (this.#pending.size > most && oldest !== undefined) this.#pending.delete(oldest);
    return { state, challenge: createHash('sha256').update(verifier).digest('base64url') };
  }

  /** What proves that it is the same login; null for a state that was not given out, was used, or is too old. */
  end(state: string): string | null {
    const pending = this.#pending.get(state);
    this.#pending.delete(state);
    return pending === undefined || pending.until < this.#clock().getTime() ? null : pending.verifier;
  }
}
