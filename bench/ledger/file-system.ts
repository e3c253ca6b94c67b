import { statfs } from 'node:fs/promises';

/** Of Linux's file systems, by the numbers in its header `linux/magic.h`. */
const names = new Map([
  [0x01021994, 'tmpfs'],
  [0x794c7630, 'overlayfs'],
  [0x58465342, 'xfs'],
  [0x9123683e, 'btrfs'],
  [0xef53, 'ext4'],
]);

/** The kind of file system that a folder is on, by its name or its number. */
export async function fileSystemOf(folder: string): Promise<string> {
  const { type } = await statfs(folder);
  return names.get(type) ?? `file system ${type.toString(16)}`;
}
