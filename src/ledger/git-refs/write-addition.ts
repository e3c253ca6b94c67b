import type { StreamId } from '../../domain/event.ts';
import type { WorkingLedger } from '../assemble-ledger.ts';
import type { RefMove, RefStore } from '../ports/ref-store.ts';
import { filesOf } from './commit-files.ts';
import type { Draft, Numbered } from './drafts.ts';
import type { Proposal } from './proposal.ts';
import type { RemoteHead, RemoteHeads } from './remote-heads.ts';
import type { Seal } from './seal.ts';
import { hasOneWriter, refOf } from './stream-refs.ts';

/** What one push adds to one stream. */
export interface Addition {
  readonly stream: StreamId;
  readonly move: RefMove;
  /** The head after it; `added`: how many events it adds. */
  readonly head: RemoteHead & { readonly added: number };
  /** Those that the working copy has not yet. */
  readonly numbered: readonly Numbered[];
  readonly soft: readonly Draft[];
  readonly contents: readonly string[];
  readonly proposals: readonly (readonly [Proposal, Draft])[];
}

interface Parts {
  readonly inner: WorkingLedger;
  readonly refs: RefStore;
  readonly heads: RemoteHeads;
  readonly seal: Seal | 'plain' | 'withheld';
}

type Wanted = Pick<Addition, 'stream' | 'numbered' | 'soft' | 'contents' | 'proposals'>;

/** Writes the commit that adds to a stream what the remote lacks of it; null where it lacks nothing. */
export async function writeAddition(
  { inner, refs, heads, seal }: Parts,
  { stream, numbered, soft, contents, proposals }: Wanted,
): Promise<Addition | null> {
  const before = heads.of(stream);
  const own = inner.linesOf(stream, before?.version ?? 0);
  const contentLines = contents.flatMap((hash) => inner.contentLineOf(hash) ?? []);
  const lines = [...contentLines, ...own, ...numbered.map(({ line }) => line)];
  const added = own.length + numbered.length;
  if (added === 0) return null;
  const version = (before?.version ?? 0) + added;
  const oid = await refs.commit({
    parents: before === null ? [] : [before.oid],
    files: filesOf({ stream, lines, seal: hasOneWriter(stream) && typeof seal === 'object' ? seal : null }),
    message: `${stream} ${version - added + 1}..${version}\n`,
  });
  return {
    stream,
    move: { ref: refOf(stream), from: before?.oid ?? null, to: oid },
    head: { oid, version, commits: (before?.commits ?? 0) + 1, added },
    numbered,
    soft,
    contents,
    proposals,
  };
}
