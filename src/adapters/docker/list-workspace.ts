import { type BytePath, pathOfBytes } from './byte-path.ts';
import { SandboxFailed } from './errors.ts';
import type { Lanes } from './lanes.ts';

/** `f` file, `l` symlink, `d` folder, anything else is neither taken out nor read. */
export interface Listed {
  readonly type: string;
  /** Inode changed after the stamp. */
  readonly touched: boolean;
  /** Permission bits; 0 where untouched. */
  readonly mode: number;
  readonly size: number;
}

export interface Listing {
  readonly paths: Map<BytePath, Listed>;
  /** Things named `.git` that changed after the stamp; not descended into. */
  readonly gitFolders: readonly BytePath[];
}

const LISTING_TIMEOUT_MS = 120_000;
const MAX_LISTING_BYTES = 512 * 2 ** 20;

const script = (stamp: string): string => `cd /workspace && find . -mindepth 1 \
-iname .git -prune \\( -cnewer ${stamp} -printf 'g%P\\0' -o -true \\) \
-o -cnewer ${stamp} -printf '+%y %m %s %P\\0' \
-o -printf '-%y%P\\0'`;

const asBefore = { touched: false, mode: 0, size: 0 };
/** Shared, since a listing may hold very many. */
const untouched: Readonly<Record<string, Listed>> = {
  f: { ...asBefore, type: 'f' },
  d: { ...asBefore, type: 'd' },
  l: { ...asBefore, type: 'l' },
};

function entryOf(record: Buffer): readonly [BytePath, Listed] | null {
  const sign = record[0];
  const type = String.fromCharCode(record[1] ?? 0);
  if (sign === 0x2d) return [record.toString('latin1', 2), untouched[type] ?? { ...asBefore, type }];
  if (sign !== 0x2b) return null;
  const sizeAt = record.indexOf(0x20, 3) + 1;
  const pathAt = record.indexOf(0x20, sizeAt) + 1;
  if (sizeAt === 0 || pathAt === 0) return null;
  const mode = Number.parseInt(record.toString('latin1', 3, sizeAt - 1), 8);
  const size = Number.parseInt(record.toString('latin1', sizeAt, pathAt - 1), 10);
  if (!Number.isSafeInteger(mode) || !Number.isSafeInteger(size)) return null;
  return [record.toString('latin1', pathAt), { type, touched: true, mode, size }];
}

/**
 * Everything in the workspace, and what of it changed after the file `stamp` did: by the inode's change time, which
 * nobody in the container can set. One pass, no file is read. Rejects with `SandboxFailed` when no listing comes out.
 */
export async function listWorkspace(lanes: Lanes, stamp: string): Promise<Listing> {
  const chunks: Buffer[] = [];
  let size = 0;
  const answer = await lanes.call(
    script(stamp),
    (_section, bytes) => {
      chunks.push(bytes);
      size += bytes.length;
      return size <= MAX_LISTING_BYTES;
    },
    { timeoutMs: LISTING_TIMEOUT_MS },
  );
  const failed = (reason: string): SandboxFailed =>
    new SandboxFailed({ doing: 'listing the workspace', status: null, reason });
  // Status 1 means that a folder could not be entered: it is in the listing, with the bits that say so.
  if (answer.status === 'lost' || answer.exit > 1) throw failed('the container gave no listing');
  const paths = new Map<BytePath, Listed>();
  const gitFolders: BytePath[] = [];
  const all = Buffer.concat(chunks);
  for (let start = 0; start < all.length; ) {
    const end = all.indexOf(0, start);
    if (end === -1) throw failed('the listing is cut off');
    const record = all.subarray(start, end);
    start = end + 1;
    if (record[0] === 0x67) {
      gitFolders.push(pathOfBytes(record.subarray(1)));
      continue;
    }
    const entry = entryOf(record);
    if (entry === null) throw failed('the listing is damaged');
    paths.set(entry[0], entry[1]);
  }
  return { paths, gitFolders };
}
