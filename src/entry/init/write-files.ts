import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PlannedFile } from './planned-files.ts';

/** What became of one file: `same` and `kept` were there and stay as they are. */
export type FileFate = 'written' | 'overwritten' | 'same' | 'kept';

export interface WrittenFile {
  readonly path: string;
  readonly fate: FileFate;
}

/** Writes files under a folder; what is there and differs is written over only where `mayOverwrite` says so. */
export async function writeFiles(
  folder: string,
  files: readonly PlannedFile[],
  mayOverwrite: (path: string) => Promise<boolean>,
): Promise<readonly WrittenFile[]> {
  const written: WrittenFile[] = [];
  for (const file of files)
    written.push({ path: file.path, fate: await writeOne(folder, file, mayOverwrite) });
  return written;
}

async function writeOne(
  folder: string,
  { path, text }: PlannedFile,
  mayOverwrite: (path: string) => Promise<boolean>,
): Promise<FileFate> {
  const target = join(folder, path);
  const before = await textOf(target);
  if (before === text) return 'same';
  if (before !== null && !(await mayOverwrite(path))) return 'kept';
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, text);
  return before === null ? 'written' : 'overwritten';
}

async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
