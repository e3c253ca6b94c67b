import { z } from 'zod';
import { type BytePath, foldersOf } from '../take-out/byte-path.ts';

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

/** The paths that a change leaves there. */
export const writtenIn = (change: Baseline): BytePath[] =>
  [...change.entries].filter(([, { mode }]) => mode !== '000000').map(([path]) => path);

/** The baseline that holds after `change`; neither argument is altered. */
export function withChange(baseline: Baseline, change: Baseline): Baseline {
  const entries = new Map(baseline.entries);
  const ignoreFiles = new Map(baseline.ignoreFiles);
  for (const [path, entry] of change.entries) {
    entries.set(path, entry);
    if (entry.mode === '000000') ignoreFiles.delete(path);
  }
  for (const [path, content] of change.ignoreFiles) ignoreFiles.set(path, content);
  // A file that gave way to a folder.
  for (const folder of foldersOf(writtenIn(change))) entries.delete(folder);
  return { entries, ignoreFiles, bytes: baseline.bytes + change.bytes };
}

/** The change that turns one baseline into another: `withChange(before, changeBetween(before, after))` is `after`. */
export function changeBetween(before: Baseline, after: Baseline): Baseline {
  const change = emptyBaseline();
  for (const [path, entry] of after.entries) {
    const known = before.entries.get(path);
    const same = known?.mode === entry.mode && known.hash === entry.hash && known.tracked === entry.tracked;
    if (!same) change.entries.set(path, entry);
  }
  for (const path of before.entries.keys()) {
    if (!after.entries.has(path)) change.entries.set(path, { mode: '000000', hash: '', tracked: true });
  }
  for (const [path, content] of after.ignoreFiles) {
    if (before.ignoreFiles.get(path)?.equals(content) !== true) change.ignoreFiles.set(path, content);
  }
  change.bytes = after.bytes - before.bytes;
  return change;
}
