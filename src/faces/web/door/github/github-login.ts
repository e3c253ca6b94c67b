/** Someone whom GitHub has named to us. */
export interface Person {
  readonly login: string;
  /** Lets the App act for them, within what both may do. Kept in memory alone, and shown nowhere. */
  readonly token: string;
  /** When the token ends (ms since 1970); null where it doesn't. */
  readonly until: number | null;
}

/** A repository as the ledger knows it. */
export interface RigRef {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
}

/** What ties the answer to the browser and to the request. */
export interface AskedLogin {
  readonly state: string;
  /** SHA-256 of the verifier, base64url (RFC 7636, method S256). */
  readonly challenge: string;
  readonly redirectUrl: string;
}

/** GitHub's web flow for users of an App: https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app */
export interface GitHubLogin {
  /** Where the browser is sent. */
  authorizeUrl(asked: AskedLogin): string;
  /** Null where GitHub does not take the code. */
  identify(
    code: string,
    proof: { readonly verifier: string; readonly redirectUrl: string },
  ): Promise<Person | null>;
  /** By the collaborator-permission API, as for a comment. */
  mayWrite(person: Person, rig: RigRef): Promise<boolean>;
}
