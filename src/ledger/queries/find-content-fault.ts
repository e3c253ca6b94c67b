import { prepareContentStore } from '../content/content-store.ts';
import { LedgerError } from '../ledger-error.ts';
import type { LedgerReader } from '../open-reader.ts';
import type { Fault } from './verify-ledger.ts';

/** The first stored content that is not what its name says. */
export function findContentFault({ db, path }: LedgerReader): Fault | null {
  const contents = prepareContentStore(db, path);
  const names = db.prepare<[], string>('SELECT lower(hex(hash)) FROM contents ORDER BY cid').pluck().all();
  for (const name of names) {
    try {
      contents.get(name);
    } catch (error) {
      if (error instanceof LedgerError) return { position: null, what: error.message };
      throw error;
    }
  }
  return null;
}
