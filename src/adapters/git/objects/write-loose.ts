import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { constants, deflate } from 'node:zlib';
import { headerOf, type ObjectKind, objectId } from './object-id.ts';

const compressed = promisify(deflate);

/**
 * Writes objects into a repository by itself, as git writes loose ones: to start a git process costs a town some hundred times
 * what the writing does (the system copies its page tables), and a bead needs five objects.
 */
export class LooseObjects {
  readonly #folder: string;
  /** Length of the repository's ids in hex. */
  readonly #length: number;
  readonly #writing: Promise<void>[] = [];

  constructor(repository: string, length: number) {
    this.#folder = join(repository, 'objects');
    this.#length = length;
  }

  /** The object's id at once; it is there once `written` has resolved. */
  add(kind: ObjectKind, content: Uint8Array): string {
    const oid = objectId(kind, content, this.#length);
    const writing = this.#write(oid, kind, content);
    // Told by `written`.
    writing.catch(() => undefined);
    this.#writing.push(writing);
    return oid;
  }

  /** Resolves when all that was added is on the disk; rejects where one could not be written. */
  async written(): Promise<void> {
    await Promise.all(this.#writing);
  }

  /** Under a name of git's own for what isn't whole yet, which its `prune` sweeps. Source: gitformat-loose(5), git-prune(1). */
  async #write(oid: string, kind: ObjectKind, content: Uint8Array): Promise<void> {
    const folder = join(this.#folder, oid.slice(0, 2));
    const path = join(folder, oid.slice(2));
    if (await isFreshened(path)) return;
    const whole = Buffer.concat([headerOf(kind, content), content]);
    const packed = await compressed(whole, { level: constants.Z_BEST_SPEED });
    await mkdir(folder, { recursive: true });
    const temporary = join(folder, `tmp_obj_${randomUUID()}`);
    try {
      const file = await open(temporary, 'wx', 0o444);
      try {
        await file.writeFile(packed);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }
}

/** Whether the object is there; then it counts as new, so that nothing that collects garbage takes it meanwhile. */
async function isFreshened(path: string): Promise<boolean> {
  const now = new Date();
  try {
    await utimes(path, now, now);
    return true;
  } catch {
    return false;
  }
}
