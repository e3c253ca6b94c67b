import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** How long a link works, and how long a session lasts, in milliseconds. */
const linkLife = 15 * 60_000;
const sessionLife = 12 * 60 * 60_000;

/** The readers that were let in, in memory: a restart asks anew. */
export class PageSessions {
  readonly #clock: () => Date;
  readonly #links = new Map<string, number>();
  readonly #sessions = new Map<string, number>();

  constructor(clock: () => Date) {
    this.#clock = clock;
  }

  /** A code that opens one session, once. */
  makeCode(): string {
    return this.#make(this.#links, linkLife);
  }

  /** A session for a code that was not used before; null for any other. */
  redeem(code: string): string | null {
    const until = this.#links.get(code);
    this.#links.delete(code);
    return until === undefined || until < this.#clock().getTime() ? null : this.open();
  }

  open(): string {
    const now = this.#clock().getTime();
    for (const [session, until] of this.#sessions) if (until < now) this.#sessions.delete(session);
    return this.#make(this.#sessions, sessionLife);
  }

  holds(session: string | undefined): boolean {
    const until = session === undefined ? undefined : this.#sessions.get(session);
    return until !== undefined && until > this.#clock().getTime();
  }

  #make(where: Map<string, number>, life: number): string {
    const text = randomBytes(24).toString('base64url');
    where.set(text, this.#clock().getTime() + life);
    return text;
  }
}

/** Compares two secrets in a time that tells nothing of either. */
export function isSameSecret(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
