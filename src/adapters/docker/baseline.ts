import { z } from 'zod';
import type { BytePath } from './byte-path.ts';

/** A file or symlink as it was when agents began. */
export interface BaselineEntry {
  /** git's mode, `000000` when the set-up removed it. */
  readonly mode: '100644' | '100755' | '120000' | '000000';
  /** SHA-256 of its content (or link target) in hex; empty when it was not read, so that any change of it counts. */
  readonly hash: string;
  /** In the git tree, so no ignore rule hides it. */
  readonly tracked: boolean;
}

/** What a workspace held before an agent touched it: the tree, and what the set-up changed in it. */
export interface Baseline {
  readonly entries: Map<BytePath, BaselineEntry>;
  /** Content of each `.gitignore`. */
  readonly ignoreFiles: Map<BytePath, Buffer>;
  /** Size of all files together. */
  bytes: number;
}

export const emptyBaseline = (): Baseline => ({ entries: new Map(), ignoreFiles: new Map(), bytes: 0 });

const stored = z.object({
  format: z.literal(1),
  bytes: z.number(),
  entries: z.array(
    z.tuple([z.string(), z.enum(['100644', '100755', '120000', '000000']), z.string(), z.boolean()]),
  ),
  ignoreFiles: z.array(z.tuple([z.string(), z.string()])),
});

export function encodeBaseline(baseline: Baseline): Buffer {
  const entries = [...baseline.entries].map(([path, e]) => [path, e.mode, e.hash, e.tracked]);
  const ignoreFiles = [...baseline.ignoreFiles].map(([path, bytes]) => [path, bytes.toString('base64')]);
  return Buffer.from(JSON.stringify({ format: 1, bytes: baseline.bytes, entries, ignoreFiles }));
}

/** Throws a `ZodError` or `SyntaxError` on anything but what `encodeBaseline` made. */
export function decodeBaseline(bytes: Buffer): Baseline {
  const read = stored.parse(JSON.parse(bytes.toString('utf8')));
  return {
    entries: new Map(read.entries.map(([path, mode, hash, tracked]) => [path, { mode, hash, tracked }])),
    ignoreFiles: new Map(read.ignoreFiles.map(([path, content]) => [path, Buffer.from(content, 'base64')])),
    bytes: read.bytes,
  };
}
