import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** How long a link works, and how long a session lasts, in milliseconds. */
const linkLife = 15 * 60_000;
const sessionLife = 12 * 60 * 60_000;

const cookieName = 'forge_session';

/** Who may write on the pages: whoever opened a link that the terminal printed. Nothing of it is stored. */
export class PageSessions {
  readonly #clock: () => Date;
  readonly #links = new Map<string, number>();
  readonly #sessions = new Map<string, number>();
  readonly #key = randomBytes(32);

  constructor(clock: () => Date) {
    this.#clock = clock;
  }

  /** A code that opens one session, once. */
  makeCode(): string {
    const code = randomBytes(24).toString('base64url');
    this.#links.set(code, this.#clock().getTime() + linkLife);
    return code;
  }

  /** The cookie for a code that was not used before; undefined for any other. */
  redeem(code: string): string | undefined {
    const until = this.#links.get(code);
    this.#links.delete(code);
    if (until === undefined || until < this.#clock().getTime()) return undefined;
    const session = randomBytes(24).toString('base64url');
    this.#sessions.set(session, this.#clock().getTime() + sessionLife);
    return `${cookieName}=${session}; HttpOnly; SameSite=Strict; Path=/`;
  }

  /** The session that a request carries. */
  find(request: IncomingMessage): string | undefined {
    const cookie = new RegExp(`(?:^|; )${cookieName}=([\\w-]+)`).exec(request.headers.cookie ?? '')?.[1];
    const until = cookie === undefined ? undefined : this.#sessions.get(cookie);
    return until !== undefined && until > this.#clock().getTime() ? cookie : undefined;
  }

  /** What a session's forms carry, so that no other page can send them. */
  formKey(session: string): string {
    return createHmac('sha256', this.#key).update(session).digest('base64url');
  }

  holdsFormKey(session: string, given: string): boolean {
    const expected = Buffer.from(this.formKey(session));
    const actual = Buffer.from(given);
    return actual.length === expected.length && timingSafeEqual(actual, expected);
  }
}
