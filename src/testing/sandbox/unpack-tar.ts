import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar-stream';

/** Lays a tar's files and links over what stands in a folder, which is made where there is none. For trees of tests' own. */
export async function unpackTar(files: Readable, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const archive = extract();
  const piped = pipeline(files, archive);
  // Heard at the end, if not by the archive before.
  piped.catch(() => undefined);
  for await (const entry of archive) {
    const { name, type, mode, linkname } = entry.header;
    const pieces: Uint8Array[] = [];
    for await (const piece of entry) if (piece instanceof Uint8Array) pieces.push(piece);
    const path = join(folder, name);
    await mkdir(type === 'directory' ? path : dirname(path), { recursive: true });
    if (type === 'directory') continue;
    rmSync(path, { force: true, recursive: true });
    if (type === 'symlink') symlinkSync(linkname ?? '', path);
    else writeFileSync(path, Buffer.concat(pieces), { mode: mode ?? 0o644 });
  }
  await piped;
}
