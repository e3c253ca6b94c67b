import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Person } from './github/github-login.ts';

/** How long a link works, and how long a session lasts, in milliseconds. */
const linkLife = 15 * 60_000;
const sessionLife = 12 * 60 * 60_000;

export interface PageSession {
  /** Null where nobody was named. */
  readonly person: Person | null;
}

/** The readers that were let in, in memory: a restart asks anew. */
export class PageSessions {
  readonly #clock: () => Date;
  readonly #links = new Map<string, number>();
  readonly #sessions = new Map<string, PageSession & { readonly until: number }>();

  constructor(clock: () => Date) {
    this.#clock = clock;
  }

  /** A code that opens one session, once. */
  makeCode(): string {
    const code = randomName();
    this.#links.set(code, this.#clock().getTime() + linkLife);
    return code;
  }

  /** A session for a code that was not used before; null for any other. */
  redeem(code: string): string | null {
    const until = this.#links.get(code);
    this.#links.delete(code);
    return until === undefined || until < this.#clock().getTime() ? null : this.open(null);
  }

  /** Ends with the person's token at the latest. */
  open(person: Person | null): string {
    const now = this.#clock().getTime();
    for (const [session, { until }] of this.#sessions) if (until < now) this.#sessions.delete(session);
    const session = randomName();
    const until = Math.min(now + sessionLife, person?.until ?? Number.POSITIVE_INFINITY);
    this.#sessions.set(session, { person, until });
    return session;
  }

  find(session: string | undefined): PageSession | null {
    const found = session === undefined ? undefined : this.#sessions.get(session);
    return found !== undefined && found.until > this.#clock().getTime() ? found : null;
  }

  end(session: string | undefined): void {
    if (session !== undefined) this.#sessions.delete(session);
  }
}

const randomName = (): string => randomBytes(24).toString('base64url');

/** Compares two secrets in a time that tells nothing of either. */
export function isSameSecret(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
