import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { constants, deflate, deflateSync } from 'node:zlib';
import { headerOf, type ObjectKind, objectId } from './object-id.ts';

const level = { level: constants.Z_BEST_SPEED };
const deflateAside = promisify(deflate);
/** Bytes; to hand fewer to another thread takes longer than to compress them. */
const small = 32 * 1024;
const compressed = async (bytes: Uint8Array): Promise<Uint8Array> =>
  bytes.length <= small ? deflateSync(bytes, level) : deflateAside(bytes, level);

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
    const packed = await compressed(whole);
    const temporary = join(folder, `tmp_obj_${randomUUID()}`);
    try {
      const file = await openIn(folder, temporary);
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

/** A new file in a folder, which is made where it is not there yet. */
async function openIn(folder: string, path: string): Promise<FileHandle> {
  const make = () => open(path, 'wx', 0o444);
  try {
    return await make();
  } catch (error) {
    if (!isMissing(error)) throw error;
    await mkdir(folder, { recursive: true });
    return make();
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** Whether the object is there; then it counts as new, so that nothing that collects garbage takes it meanwhile. */
async function isFreshened(path: string): Promise<boolean> {
  const now = new Date();
  try {
    await utimes(path, now, now);
    return true;
  } catch {
    // Not there, or another user's: to write it again does no harm.
    return false;
  }
}
