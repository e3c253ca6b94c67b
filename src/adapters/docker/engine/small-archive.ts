import { pack } from 'tar-stream';

export type ArchiveEntry = {
  readonly name: string;
  readonly mode: number;
  readonly owner: 0 | 1000;
} & (
  | {
      /** A file's content; null makes a folder. */
      readonly content: Buffer | null;
    }
  | {
      /** Of a symlink. */
      readonly target: string;
    }
);

/** A tar archive in memory, for the few small files that the town itself puts into a container. */
export async function smallArchive(entries: readonly ArchiveEntry[]): Promise<Buffer> {
  const archive = pack();
  for (const entry of entries) {
    const { name, mode, owner } = entry;
    const header = { name, mode, uid: owner, gid: owner, mtime: new Date(0) };
    if ('target' in entry) {
      archive.entry({ ...header, type: 'symlink', linkname: entry.target }, '');
      continue;
    }
    const { content } = entry;
    if (content === null) archive.entry({ ...header, type: 'directory' }, '');
    else archive.entry({ ...header, type: 'file' }, content);
  }
  archive.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of archive) if (chunk instanceof Uint8Array) chunks.push(chunk);
  return Buffer.concat(chunks);
}
