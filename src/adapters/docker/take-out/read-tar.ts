import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { extract, type Header } from 'tar-stream';
import { z } from 'zod';
import type { Baseline, BaselineEntry } from '../snapshot/baseline.ts';
import { type BytePath, pathOfText } from './byte-path.ts';

/** A file or symlink of a tar stream; folders and everything else are left out. */
export interface TarEntry {
  readonly path: BytePath;
  readonly mode: '100644' | '100755' | '120000';
  /** Streams the content; a symlink's is its target. Must be read to the end before the next entry comes. */
  readonly content: AsyncIterable<Buffer>;
}

const paxRecords = z.object({ path: z.string().optional(), linkpath: z.string().optional() });

/** tar-stream decodes pax records as UTF-8 and plain headers as asked for: as bytes. */
function bytePath(header: Header, field: 'name' | 'linkname', record: 'path' | 'linkpath'): BytePath {
  const text = header[field] ?? '';
  const pax = paxRecords.safeParse(header.pax).data;
  return pax?.[record] === undefined ? text : pathOfText(text);
}

const tidy = (path: BytePath): BytePath => path.replace(/^(\.\/)+/, '').replace(/\/+$/, '');

/** Names as bytes; the package's own types don't name the option. */
const options = { filenameEncoding: 'latin1', highWaterMark: 256 * 1024 };

async function* whole(bytes: Buffer): AsyncIterable<Buffer> {
  yield bytes;
}

async function* chunks(source: AsyncIterable<unknown>): AsyncIterable<Buffer> {
  for await (const chunk of source)
    if (chunk instanceof Uint8Array) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}

/** Told of what is neither file nor symlink. A hard link names a file that came before it. */
export interface TarOthers {
  readonly onFolder?: (path: BytePath) => void;
  readonly onHardLink?: (path: BytePath, target: BytePath) => void;
  readonly onSpecial?: (path: BytePath) => void;
}

/** Reads the files and symlinks of a tar stream, names as bytes. Rejects on a damaged stream. */
export async function* tarEntries(tar: Readable, others: TarOthers = {}): AsyncGenerator<TarEntry> {
  const entries = extract(options);
  tar.on('error', (error) => entries.destroy(error));
  tar.pipe(entries);
  for await (const entry of entries) {
    const { header } = entry;
    const path = tidy(bytePath(header, 'name', 'path'));
    if (header.type === 'symlink') {
      const target = Buffer.from(bytePath(header, 'linkname', 'linkpath'), 'latin1');
      entry.resume();
      yield { path, mode: '120000', content: whole(target) };
    } else if (header.type === 'file' || header.type === 'contiguous-file') {
      const executable = ((header.mode ?? 0) & 0o100) !== 0;
      yield { path, mode: executable ? '100755' : '100644', content: chunks(entry) };
    } else {
      if (header.type === 'directory') others.onFolder?.(path);
      else if (header.type === 'link')
        others.onHardLink?.(path, tidy(bytePath(header, 'linkname', 'linkpath')));
      else others.onSpecial?.(path);
      entry.resume();
    }
  }
}

/** Enters every file of a git tree's tar into a baseline, hashing as it streams by; returns the folders it has entries for. */
export async function addTreeTo(baseline: Baseline, tar: Readable): Promise<ReadonlySet<BytePath>> {
  const folders = new Set<BytePath>();
  for await (const entry of tarEntries(tar, { onFolder: (path) => folders.add(path) })) {
    const hash = createHash('sha256');
    const keep = entry.path === '.gitignore' || entry.path.endsWith('/.gitignore') ? ([] as Buffer[]) : null;
    for await (const chunk of entry.content) {
      hash.update(chunk);
      baseline.bytes += chunk.length;
      keep?.push(chunk);
    }
    const made: BaselineEntry = { mode: entry.mode, hash: hash.digest('hex'), tracked: true };
    baseline.entries.set(entry.path, made);
    if (keep !== null && entry.mode !== '120000') baseline.ignoreFiles.set(entry.path, Buffer.concat(keep));
  }
  return folders;
}
