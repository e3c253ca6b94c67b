import { checkFiles, verifyCommand } from '../../domain/merge-queue/verify-command.ts';
import type { GitStore } from '../ports/git-store.ts';

const namesRead = 2000;
const textBytesRead = 256 * 1024;

/**
 * How the rig is checked, as the base tree itself says it; null where nothing does. It is asked once, when a convoy opens,
 * so that no change of the convoy can bend what judges it.
 */
export async function findVerifyCommand(store: GitStore, base: string): Promise<string | null> {
  const names = await store.listFiles(base, '', { recursive: false, limit: namesRead });
  const texts = new Map<string, string>();
  for (const name of checkFiles.filter((file) => names.includes(file))) {
    const bytes = await store.readFile(base, name, textBytesRead);
    if (bytes !== null) texts.set(name, Buffer.from(bytes).toString('utf8'));
  }
  return verifyCommand({ names, texts });
}
