import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { clock } from '../../testing/ledger/sample-events.ts';
import { temporaryFolder } from '../../testing/ledger/temporary-folder.ts';
import { openLedger } from '../open-ledger.ts';

it('is never opened through a planted symbolic link, and writes nothing behind it', () => {
  using folder = temporaryFolder();
  const elsewhere = folder.file('elsewhere');
  mkdirSync(elsewhere);
  symlinkSync(elsewhere, folder.file('.gas-town'));
  expect(() => openLedger({ path: folder.file('.gas-town/beads.db'), clock })).toThrow(
    expect.objectContaining({ fault: { kind: 'symbolic-link', path: folder.file('.gas-town') } }),
  );
  expect(readdirSync(elsewhere)).toEqual([]);
});

it.each(['beads.db', 'beads.db-wal', 'beads.db-shm'])('refuses %s as a symbolic link', (name) => {
  using folder = temporaryFolder();
  const target = folder.file('target');
  symlinkSync(target, folder.file(name));
  expect(() => openLedger({ path: join(folder.path, 'beads.db'), clock })).toThrow(
    expect.objectContaining({ fault: { kind: 'symbolic-link', path: folder.file(name) } }),
  );
  expect(existsSync(target)).toBe(false);
});
