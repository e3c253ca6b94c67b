import { describe, expect, it } from 'vitest';
import { canMount, onSmallDisk } from '../../testing/ledger/on-small-disk.ts';
import { convoyOne } from '../../testing/ledger/sample-events.ts';
import { temporaryFolder } from '../../testing/ledger/temporary-folder.ts';
import { openReader } from '../open-reader.ts';
import { verifyLedger } from '../queries/verify-ledger.ts';

describe.skipIf(!canMount)('on a disk of its own', () => {
  it('says that the disk is full, keeps all that was acknowledged, and goes on when there is room', () => {
    using folder = temporaryFolder();
    const copy = folder.file('copy');
    const lines = onSmallDisk(folder.path, '2m', [
      'run append-until-error.ts "$disk/beads.db"',
      `cp -r "$disk" "${copy}"`,
      'mount -o remount,size=16m "$disk"',
      'run continue-appending.ts "$disk/beads.db"',
    ]);
    const [full = '', later = ''] = lines;
    const told = JSON.parse(full) as { acknowledged: number; fault: unknown };
    expect(told).toMatchObject({ fault: { kind: 'disk-full' } });
    expect(told.acknowledged).toBeGreaterThan(20);
    expect(JSON.parse(later)).toEqual({
      before: told.acknowledged,
      after: told.acknowledged + 1,
      fault: null,
    });
    const reader = openReader(`${copy}/beads.db`);
    expect(reader.log.read(convoyOne, 0)).toHaveLength(told.acknowledged);
    expect(verifyLedger(reader)).toMatchObject({ events: told.acknowledged, fault: null });
    reader.close();
  });

  it('says that a folder can not be written, and reads there all the same', () => {
    using folder = temporaryFolder();
    const [made = '', refused = '', read = ''] = onSmallDisk(folder.path, '16m', [
      'run append-until-error.ts "$disk/beads.db" 10',
      'mount -o remount,ro "$disk"',
      'run append-until-error.ts "$disk/beads.db" 12',
      'run count-events.ts "$disk/beads.db"',
    ]);
    expect(JSON.parse(made)).toEqual({ acknowledged: 10 });
    expect(JSON.parse(refused)).toMatchObject({ acknowledged: 0, fault: { kind: 'read-only' } });
    expect(JSON.parse(read)).toEqual({ events: 10, fault: null });
  });

  it('says so when the folder for a new ledger can not be made', () => {
    using folder = temporaryFolder();
    const [refused = ''] = onSmallDisk(folder.path, '1m', [
      'mount -o remount,ro "$disk"',
      'run append-until-error.ts "$disk/.gas-town/beads.db" 10',
    ]);
    expect(JSON.parse(refused)).toMatchObject({ acknowledged: 0, fault: { kind: 'read-only' } });
  });
});
