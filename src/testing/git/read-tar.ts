import type { Readable, Writable } from 'node:stream';
import { extract, type Header } from 'tar-stream';

export interface TarEntry {
  readonly header: Header;
  readonly content: Buffer;
}

/** What `extract` takes and gives; its own types leave out the encoding and are not node's streams. */
const extractBytes = extract as unknown as (options: {
  readonly filenameEncoding: BufferEncoding;
}) => Writable & AsyncIterable<Readable & { readonly header: Header }>;

/** Reads a tar stream whole. Names are bytes, one character each. */
export async function readTar(stream: Readable): Promise<TarEntry[]> {
  const entries: TarEntry[] = [];
  const reader = stream.pipe(extractBytes({ filenameEncoding: 'latin1' }));
  stream.on('error', (error) => reader.destroy(error));
  for await (const entry of reader) {
    const pieces: Buffer[] = [];
    for await (const piece of entry) pieces.push(Buffer.from(piece as Uint8Array));
    entries.push({ header: entry.header, content: Buffer.concat(pieces) });
  }
  return entries;
}
