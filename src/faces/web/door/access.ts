/**
 * Who may come in. On loopback every program of this machine's people may read; writing needs the one-time link. Anywhere else
 * nothing is shown without the token.
 */
export type Access = { readonly kind: 'loopback' } | { readonly kind: 'token'; readonly token: string };

/** Whether an address that a server listens on can be reached from this machine alone. */
export const isLoopback = (address: string): boolean =>
  address === 'localhost' || address === '::1' || /^127(\.\d{1,3}){3}$/.test(address);
