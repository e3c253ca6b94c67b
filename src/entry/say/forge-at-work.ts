import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** How the embedded GitHub of a run that is at work is reached. */
const atWork = z.object({
  /** REST root. */
  api: z.url(),
  /** The overseer's. */
  token: z.string().min(1),
});
export type ForgeAtWork = z.output<typeof atWork>;

const fileIn = (folder: string): string => join(folder, 'forge', 'at-work.json');

/** Tells other programs of the same person where the forge is; the file is theirs alone to read, as the forge's own key is. */
export async function announceForge(folder: string, forge: ForgeAtWork): Promise<void> {
  await writeFile(fileIn(folder), JSON.stringify(forge), { mode: 0o600 });
}

export async function withdrawForge(folder: string): Promise<void> {
  await rm(fileIn(folder), { force: true });
}

/** Null where no run has announced one. One that was killed leaves its announcement: whoever calls finds nobody there. */
export async function findForge(folder: string): Promise<ForgeAtWork | null> {
  try {
    return atWork.parse(JSON.parse(await readFile(fileIn(folder), 'utf8')));
  } catch (error) {
    if (Object(error).code === 'ENOENT') return null;
    throw error;
  }
}
