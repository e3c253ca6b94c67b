import type { GitHubLogin } from './github/github-login.ts';

/**
 * Who may come in. On loopback every program of this machine's people may read; writing needs the one-time link. Anywhere else
 * nothing is shown without the token, or without a login with GitHub: then each sees the rigs that they may write on.
 */
export type Access =
  | { readonly kind: 'loopback' }
  | { readonly kind: 'token'; readonly token: string }
  | {
      readonly kind: 'github';
      readonly github: GitHubLogin;
      /** Where people reach the page: `https://gastown.example.com`. */
      readonly root: string;
      /** For programs, and for people without an account; null where there is none. */
      readonly token: string | null;
    };

/** The token that opens everything for reading; null where none does. */
export const tokenOf = (access: Access): string | null => (access.kind === 'loopback' ? null : access.token);

/** Whether a `Host` header names this machine: a page of another name that was pointed here by DNS does not. */
export const isLoopbackHost = (host: string): boolean =>
  /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host);

/** Whether an address that a server listens on can be reached from this machine alone. */
export const isLoopback = (address: string): boolean =>
  address === 'localhost' || address === '::1' || /^127(\.\d{1,3}){3}$/.test(address);
