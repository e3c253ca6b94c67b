import { existsSync, lstatSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { LedgerError } from '../ledger-error.ts';
import { fileFailure } from './file-failure.ts';

const beside = ['', '-wal', '-shm', '-journal', '.town'];

/**
 * Makes the ledger's own folder if it is missing, and refuses to go through a symbolic link: neither the folder nor any
 * of the files in it may be one, since a repository or a copied workspace may have planted it.
 */
export function prepareFolder(path: string, create: boolean): void {
  const folder = dirname(path);
  if (isLink(folder)) throw new LedgerError({ kind: 'symbolic-link', path: folder });
  if (create) makeFolder(folder, path);
  for (const suffix of beside) {
    if (isLink(path + suffix)) throw new LedgerError({ kind: 'symbolic-link', path: path + suffix });
  }
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

function makeFolder(folder: string, path: string): void {
  if (existsSync(folder)) return;
  try {
    mkdirSync(dirname(folder), { recursive: true });
    mkdirSync(folder);
  } catch (error) {
    if (!existsSync(folder)) throw fileFailure(error, path);
  }
}
