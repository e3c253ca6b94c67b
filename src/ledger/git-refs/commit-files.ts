import { z } from 'zod';
import type { StreamId } from '../../domain/event.ts';
import { LedgerError } from '../ledger-error.ts';
import type { RefCommit } from '../ports/ref-store.ts';
import type { Seal } from './seal.ts';

const plain = 'events.jsonl';
const sealed = 'events.sealed';
const replaces = 'replaces.json';

/** The names of all files that a commit of a stream may have. */
export const commitFiles: readonly string[] = [plain, sealed, replaces];

/** A commit that stands for all of a stream up to a version names the head that it took the place of. */
const replacedHead = z.strictObject({ oid: z.string(), version: z.int(), hash: z.string() });
export type ReplacedHead = z.output<typeof replacedHead>;

export interface CommitContent {
  readonly stream: StreamId;
  /** Lines of an export, without its header. */
  readonly lines: readonly string[];
  readonly seal: Seal | null;
  readonly replaces?: ReplacedHead;
}

export function filesOf({
  stream,
  lines,
  seal,
  replaces: head,
}: CommitContent): ReadonlyMap<string, Uint8Array> {
  const text = lines.map((line) => `${line}\n`).join('');
  const files = new Map<string, Uint8Array>();
  if (seal === null) files.set(plain, Buffer.from(text));
  else files.set(sealed, seal.close(text, stream));
  if (head !== undefined) files.set(replaces, Buffer.from(JSON.stringify(head)));
  return files;
}

/** The lines that a commit adds to a stream. Throws `sealed` where they can't be opened. */
export function linesIn({ files }: RefCommit, stream: StreamId, seal: Seal | null): readonly string[] {
  const closed = files.get(sealed);
  const text =
    closed === undefined
      ? Buffer.from(files.get(plain) ?? '').toString('utf8')
      : (seal?.open(closed, stream) ?? null);
  if (text === null) throw new LedgerError({ kind: 'sealed', stream });
  return text.split('\n').filter((line) => line !== '');
}

/** The head that a commit took the place of; null for an ordinary one. Throws `not-descended` for what is none. */
export function replacedBy({ files, oid }: RefCommit, stream: StreamId, ref: string): ReplacedHead | null {
  const bytes = files.get(replaces);
  if (bytes === undefined) return null;
  try {
    return replacedHead.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch (cause) {
    throw new LedgerError(
      { kind: 'not-descended', stream, ref, detail: `commit ${oid} names no head` },
      { cause },
    );
  }
}
