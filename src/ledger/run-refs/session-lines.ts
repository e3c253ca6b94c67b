import type { StreamId } from '../../domain/event.ts';
import type { WorkingLedger } from '../assemble-ledger.ts';

/** What sessions gained after a version each, as lines of an export with the stored outputs that they name; and their heads. */
export function sessionLines(
  inner: WorkingLedger,
  after: ReadonlyMap<StreamId, number>,
): { readonly lines: readonly string[]; readonly heads: ReadonlyMap<StreamId, number> } {
  const contents = new Set<string>();
  const events: string[] = [];
  const heads = new Map<StreamId, number>();
  for (const [stream, version] of after) {
    for (const { data } of inner.read(stream, version)) {
      const hash = 'outputHash' in data ? data.outputHash : null;
      const line = hash ? inner.contentLineOf(hash) : null;
      if (line !== null) contents.add(line);
    }
    events.push(...inner.linesOf(stream, version));
    heads.set(stream, inner.head(stream).version);
  }
  return { lines: [...contents, ...events], heads };
}
