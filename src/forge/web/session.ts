import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** How long a link works, and how long a session lasts, in milliseconds. */
const linkLife = 15 * 60_000;
const sessionLife = 12 * 60 * 60_000;

const pathLife = 60_000;

const cookieName = 'forge_session';

/** Until when something holds, in milliseconds, and the user it acts as; absent is each repository's owner. */
interface Lease {
  readonly until: number;
  readonly login: string | undefined;
}

/** Who may write on the pages: whoever opened a link that the terminal printed. Nothing of it is stored. */
export class PageSessions {
  readonly #clock: () => Date;
  readonly #links = new Map<string, Lease>();
  readonly #sessions = new Map<string, Lease>();
  readonly #key = randomBytes(32);

  constructor(clock: () => Date) {
    this.#clock = clock;
  }

  /** A code that opens one session, once, which acts as that user or as each repository's owner. */
  makeCode(login?: string): string {
    const code = randomBytes(24).toString('base64url');
    this.#links.set(code, { until: this.#clock().getTime() + linkLife, login });
    return code;
  }

  /** The cookie for a code that was not used before; undefined for any other. */
  redeem(code: string): string | undefined {
    const link = this.#links.get(code);
    this.#links.delete(code);
    if (link === undefined || link.until < this.#clock().getTime()) return undefined;
    const session = randomBytes(24).toString('base64url');
    this.#sessions.set(session, { until: this.#clock().getTime() + sessionLife, login: link.login });
    return `${cookieName}=${session}; HttpOnly; SameSite=Strict; Path=/`;
  }

  /** The session that a request carries. */
  find(request: IncomingMessage): string | undefined {
    const cookie = new RegExp(`(?:^|; )${cookieName}=([\\w-]+)`).exec(request.headers.cookie ?? '')?.[1];
    const lease = cookie === undefined ? undefined : this.#sessions.get(cookie);
    return lease !== undefined && lease.until > this.#clock().getTime() ? cookie : undefined;
  }

  /** The user that a session acts as; undefined is each repository's owner. */
  actingAs(session: string): string | undefined {
    return this.#sessions.get(session)?.login;
  }

  actAs(session: string, login: string | undefined): void {
    const lease = this.#sessions.get(session);
    if (lease !== undefined) this.#sessions.set(session, { ...lease, login });
  }

  /** A path that leads to something for a minute without any session. */
  signPath(path: string): string {
    const until = this.#clock().getTime() + pathLife;
    return `${path}/${until}/${this.#sign(`${path}/${until}`)}`;
  }

  /** The path that was signed, where the signature holds and is not too old. */
  readSigned(signed: string): string | undefined {
    const [, path = '', until = '', signature = ''] = /^(.*)\/(\d+)\/([\w-]+)$/.exec(signed) ?? [];
    const holds = same(this.#sign(`${path}/${until}`), signature);
    return holds && Number(until) > this.#clock().getTime() ? path : undefined;
  }

  #sign(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('base64url');
  }

  /** What a session's forms carry, so that no other page can send them. */
  formKey(session: string): string {
    return this.#sign(session);
  }

  holdsFormKey(session: string, given: string): boolean {
    return same(this.formKey(session), given);
  }
}

function same(expected: string, given: string): boolean {
  const [one, other] = [Buffer.from(expected), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}
