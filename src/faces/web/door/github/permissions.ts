import type { GitHubLogin, Person, RigRef } from './github-login.ts';

/** How long GitHub's answer is believed for pages, in milliseconds; a command is checked again by whoever obeys it. */
const life = 60_000;
const most = 2_000;

/** Remembers for a minute who may write where, so that a page that follows the ledger doesn't ask at each event. */
export class Permissions {
  readonly #github: GitHubLogin;
  readonly #clock: () => Date;
  readonly #known = new Map<string, { readonly may: Promise<boolean>; readonly until: number }>();

  constructor(github: GitHubLogin, clock: () => Date) {
    this.#github = github;
    this.#clock = clock;
  }

  mayWrite(person: Person, rig: RigRef): Promise<boolean> {
    const key = `${rig.id} ${person.login.toLowerCase()}`;
    const known = this.#known.get(key);
    if (known !== undefined && known.until > this.#clock().getTime()) return known.may;
    const may = this.#github.mayWrite(person, rig);
    this.#known.delete(key);
    this.#known.set(key, { may, until: this.#clock().getTime() + life });
    // A question that failed is asked again.
    may.catch(() => this.#known.delete(key));
    const [oldest] = this.#known.keys();
    if (this.#known.size > most && oldest !== undefined) this.#known.delete(oldest);
    return may;
  }
}
