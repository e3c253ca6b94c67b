import { expect, it } from 'vitest';
import { mayLimitStorage } from './storage-limit.ts';

it('knows which storage can limit what a container writes', () => {
  const overlay = (backing: string) => ({
    Driver: 'overlay2',
    DriverStatus: [['Backing Filesystem', backing]] as [string, string][],
  });
  expect(mayLimitStorage(overlay('extfs'))).toBe('no');
  expect(mayLimitStorage(overlay('xfs'))).toBe('perhaps');
  expect(mayLimitStorage({ Driver: 'btrfs', DriverStatus: null })).toBe('yes');
  expect(mayLimitStorage({ Driver: 'zfs' })).toBe('yes');
  expect(mayLimitStorage({ Driver: 'vfs', DriverStatus: [] })).toBe('no');
});
