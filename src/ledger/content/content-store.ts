import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw, inflateRawSync } from 'node:zlib';
import type { Database } from 'better-sqlite3';
import { LedgerError } from '../ledger-error.ts';

const deflate = promisify(deflateRaw);

/** A content as it is stored: compressed where that makes it smaller. */
export interface PackedContent {
  readonly hash: Buffer;
  readonly size: number;
  readonly encoding: 'raw' | 'deflate';
  readonly bytes: Buffer;
}

/** Bytes with the SHA-256 that names them. */
export async function packContent(content: Uint8Array): Promise<PackedContent> {
  const own = Buffer.from(content);
  const digest = hash('sha256', own, 'buffer');
  const compressed = await deflate(own);
  const smaller = compressed.length < own.length;
  return {
    hash: digest,
    size: own.length,
    encoding: smaller ? 'deflate' : 'raw',
    bytes: smaller ? compressed : own,
  };
}

export interface ContentStore {
  /** Adds a content once; doing it again changes nothing. For inside a transaction. */
  insert(content: PackedContent): void;
  get(hash: string): Uint8Array | null;
}

export function prepareContentStore(db: Database, path: string): ContentStore {
  const insert = db.prepare<[Buffer, number, string, Buffer]>(
    'INSERT INTO contents (hash, size, encoding, bytes) VALUES (?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING',
  );
  const select = db.prepare<[Buffer], { size: number; encoding: string; bytes: Buffer }>(
    'SELECT size, encoding, bytes FROM contents WHERE hash = ?',
  );
  return {
    insert(content) {
      insert.run(content.hash, content.size, content.encoding, content.bytes);
    },
    get(name) {
      const row = select.get(Buffer.from(name, 'hex'));
      if (row === undefined) return null;
      const content = unpack(row);
      if (content === null || hash('sha256', content, 'hex') !== name) {
        const detail = `the content ${name} is not what its name says`;
        throw new LedgerError({ kind: 'corrupt', path, detail, position: null });
      }
      return content;
    },
  };
}

/** Null where the compressed bytes are damaged. */
function unpack(row: { size: number; encoding: string; bytes: Buffer }): Buffer | null {
  if (row.encoding === 'raw') return row.bytes;
  try {
    return inflateRawSync(row.bytes, { maxOutputLength: Math.max(row.size, 1) });
  } catch {
    return null;
  }
}
