import { LedgerError } from '../ledger-error.ts';

/** What the operating system's error code means for a ledger's file. Any other error is given back as it is. */
export function fileFailure(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return error;
  const cause = { cause: error };
  switch (error.code) {
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return new LedgerError({ kind: 'read-only', path }, cause);
    case 'ENOSPC':
    case 'EDQUOT':
      return new LedgerError({ kind: 'disk-full', path }, cause);
    case 'ENOENT':
      return new LedgerError({ kind: 'missing-file', path }, cause);
    default:
      return new LedgerError({ kind: 'io', path, code: error.code }, cause);
  }
}
