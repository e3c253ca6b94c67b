import type { FoundLine, TreeReader } from '../../agent/ports/tree-reader.ts';
import { matchesGlob } from '../../agent/tools/match-glob.ts';
import type { GitStore, Oid } from '../ports/git-store.ts';

const filesMax = 20_000;
const searchedBytesMax = 1024 * 1024;

/** A commit in a rig's bare repository, as agents without a container look at it. */
export function commitTreeReader(store: GitStore, commit: () => Oid): TreeReader {
  const filesUnder = async (folder: string, glob: string | null): Promise<readonly string[] | null> => {
    const clean = folder.replace(/^\.?\/+|\/+$/g, '').replace(/^\.$/, '');
    const paths = await store.listFiles(commit(), clean, { recursive: true, limit: filesMax });
    if (paths.length === 0 && clean !== '') return null;
    return glob === null ? paths : paths.filter((path) => matchesGlob(path, glob));
  };
  return {
    async readFile(path, { maxBytes }) {
      const bytes = await store.readFile(commit(), path.replace(/^\.?\/+/, ''), maxBytes);
      return bytes === null ? { status: 'missing' } : { status: 'read', bytes, sizeBytes: bytes.byteLength };
    },
    async listFiles({ folder, glob, limit }) {
      const paths = await filesUnder(folder, glob);
      if (paths === null) return { status: 'missing' };
      return { status: 'listed', paths: paths.slice(0, limit), truncated: paths.length > limit };
    },
    async search({ pattern, folder, glob, ignoreCase, limit }) {
      const wanted = expression(pattern, ignoreCase);
      if (typeof wanted === 'string') return { status: 'bad-pattern', reason: wanted };
      const paths = await filesUnder(folder, glob);
      if (paths === null) return { status: 'missing' };
      const lines: FoundLine[] = [];
      for (const path of paths) {
        const bytes = await store.readFile(commit(), path, searchedBytesMax);
        if (bytes !== null) lines.push(...linesOf(path, bytes, wanted));
        if (lines.length > limit)
          return { status: 'searched', lines: lines.slice(0, limit), truncated: true };
      }
      return { status: 'searched', lines, truncated: false };
    },
  };
}

function expression(pattern: string, ignoreCase: boolean): RegExp | string {
  try {
    return new RegExp(pattern, ignoreCase ? 'iu' : 'u');
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const lineLengthMax = 400;

function linesOf(path: string, bytes: Uint8Array, wanted: RegExp): FoundLine[] {
  if (bytes.includes(0)) return [];
  const lines = Buffer.from(bytes).toString('utf8').split('\n');
  return lines.flatMap((text, index) =>
    wanted.test(text.slice(0, 10_000)) ? [{ path, line: index + 1, text: text.slice(0, lineLengthMax) }] : [],
  );
}
